package dev.graft.workflow;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.runner.JobCounters;
import dev.graft.runner.PipelineLauncher;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageOutput;
import dev.graft.stage.Visibility;
import java.lang.reflect.InaccessibleObjectException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one attempt of the stages of one job and says how it ended. */
final class StageLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(StageLauncher.class);

  private static final String NO_MEMORY =
      "java.lang.OutOfMemoryError; give this process more heap (GRAFT_HEAP, or jvm.heap in the runner"
          + " profile)";

  private final PipelineLauncher launcher;
  private final LimitWatch limits;

  StageLauncher(PipelineLauncher launcher, LimitWatch limits) {
    this.launcher = launcher;
    this.limits = limits;
  }

  /**
   * How a job ended.
   *
   * @param outputs of the stages that have committed, in order
   * @param outcome of the job: that of its last stage, or of the one that failed
   */
  record Ended(List<StageOutput> outputs, Outcome outcome) {}

  /** Runs it and keeps in the attempts' folders when each began and ended, and how. */
  Ended launch(StageJob job, JobTeller teller) {
    JobWatch watch = new JobWatch(job, teller);
    Optional<RuntimeException> thrown = Optional.empty();
    JobCounters counters = JobCounters.NONE;
    limits.begin(() -> watch.current().ifPresent(stage -> Outcome.end(stage, limits.failure())));
    try (watch) {
      watch.start();
      counters =
          launcher.run(
              job.name(),
              job.attempt(),
              job::build,
              limits.isOn() ? Optional.of(limits::job) : Optional.empty());
    } catch (RuntimeException e) {
      LOG.debug("job {} failed", job.name(), e);
      thrown = Optional.of(e);
    }
    Optional<String> reached = limits.end();
    watch.look();
    watch.count(counters);
    Optional<StageContext> failed = watch.current();
    if (failed.isEmpty()) {
      thrown.ifPresent(
          e -> LOG.warn("job {} has committed all and then failed: {}", job.name(), causes(e)));
      return new Ended(watch.outputs(), new Outcome(ExitCode.DONE.code(), "", ""));
    }
    Optional<RuntimeException> error = thrown;
    Outcome outcome =
        reached
            .filter(limit -> !failedForGood(failed.get()))
            .map(limit -> transientFailure(failed.get(), limit))
            .orElseGet(() -> failure(failed.get(), error));
    watch.fail(outcome);
    return new Ended(watch.outputs(), outcome);
  }

  private static boolean failedForGood(StageContext context) {
    return Outcome.read(context)
        .filter(outcome -> outcome.code() != 0 && !outcome.mayBeMended() && !outcome.ended())
        .isPresent();
  }

  private static Outcome failure(StageContext context, Optional<RuntimeException> thrown) {
    if (thrown.isPresent() && thrown.get() instanceof GraftException e) {
      return new Outcome(e.exitCode().code(), e.getMessage(), context.attempt());
    }
    String key = context.stage().key();
    return Outcome.read(context)
        .filter(read -> read.code() != 0)
        .orElseGet(
            () ->
                thrown
                    .map(e -> unrecorded(context, key, e))
                    .orElseGet(() -> transientFailure(context, key + " ended without an outcome")));
  }

  /** Workers record expected failures where the launcher finds them, if their storage is one. */
  private static Outcome unrecorded(StageContext context, String key, RuntimeException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof GraftException failure && failure.exitCode() != ExitCode.TRANSIENT) {
        GraftException told = Visibility.tell(context, failure);
        return new Outcome(told.exitCode().code(), told.getMessage(), context.attempt());
      }
    }
    return transientFailure(context, key + ": " + causes(error));
  }

  private static Outcome transientFailure(StageContext context, String reason) {
    return new Outcome(ExitCode.TRANSIENT.code(), reason, context.attempt());
  }

  /**
   * Flink adds to the message of an OutOfMemoryError by reflection, and where Java does not let it,
   * that refusal is what it throws.
   */
  private static boolean isFlinksWordForNoMemory(Throwable cause) {
    return cause instanceof InaccessibleObjectException
        && firstLine(cause).contains("java.lang.Throwable.detailMessage");
  }

  private static String firstLine(Throwable cause) {
    return cause.toString().lines().findFirst().orElse("");
  }

  static String causes(Throwable error) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String line = isFlinksWordForNoMemory(cause) ? NO_MEMORY : firstLine(cause);
      if (text.indexOf(line) < 0) {
        text.append(text.isEmpty() ? "" : "; caused by ").append(line);
      }
    }
    return text.toString();
  }
}
