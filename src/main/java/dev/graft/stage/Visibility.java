package dev.graft.stage;

import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.runner.OwnClasses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;

/**
 * Whether workers are the launcher's: they must see what it writes, for their storage must be one,
 * and have its classes, for a cluster that has Graft in its own class path may have another build.
 */
public final class Visibility {
  /** What the launcher writes in an attempt's folder before it starts the job. */
  public static final String WITNESS = "launch.json";

  private Visibility() {}

  /**
   * Adds a step that fails the job where a worker does not see the launcher's files or has other
   * classes.
   */
  public static void check(Pipeline pipeline, StageContext context) {
    check(pipeline, context, OwnClasses.digest());
  }

  static void check(Pipeline pipeline, StageContext context, String classes) {
    pipeline
        .apply("LookForLauncher", Create.of(context.attempt()).withCoder(StringUtf8Coder.of()))
        .apply("SeeItsFiles", ParDo.of(new LookFn(context, classes)));
  }

  /**
   * What to tell of a failure of an attempt that has left the launcher no outcome: a worker that
   * has written one must have written it elsewhere.
   */
  public static GraftException tell(StageContext context, GraftException failure) {
    return failure instanceof FinalFailure told && told.recorded()
        ? notShared(context, "a worker's record that it failed is not there: " + told.getMessage())
        : failure;
  }

  private static GraftException notShared(StageContext context, String sign) {
    return GraftException.usage(
        "launcher and workers do not see the same files in %s (%s): put source, publish.to and model"
            + " store on storage that they share under one name, such as a disk that is mounted at"
            + " the same place on all of them, or an object store",
        context.attemptDirectory(), sign);
  }

  private static String worker() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "of unknown name";
    }
  }

  private static final class LookFn extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;
    private final String classes;

    LookFn(StageContext context, String classes) {
      this.context = context;
      this.classes = classes;
    }

    @ProcessElement
    public void process() {
      if (!Storage.exists(Storage.resolve(context.attemptDirectory(), WITNESS))) {
        throw new FinalFailure(
            notShared(context, "there is no " + WITNESS + " on worker " + worker()), false);
      }
      if (!OwnClasses.digest().equals(classes)) {
        throw Outcome.failed(
            context,
            GraftException.usage(
                "worker %s has the classes of another build of Graft, in %s, than the launcher: put"
                    + " the launcher's graft.jar there and start the workers anew, or take it away"
                    + " and each job brings its own",
                worker(), OwnClasses.location()));
      }
    }
  }
}
