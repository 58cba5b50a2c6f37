package dev.graft.runner;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.beam.runners.dataflow.DataflowJobAlreadyExistsException;
import org.apache.beam.runners.dataflow.options.DataflowPipelineOptions;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Builds a Beam pipeline with the options of a profile, runs it and waits. */
public final class PipelineLauncher {
  private static final String EMBEDDED = "[local]";
  private static final Duration LONGEST_CANCELLING = Duration.ofMinutes(3);
  private static final String JOB_NAME = "--jobName=";

  private final RunnerProfile profile;
  private final List<String> arguments;

  /**
   * @param profile runner and its settings
   * @param arguments Beam options of the command line; they win
   */
  public PipelineLauncher(RunnerProfile profile, List<String> arguments) {
    this.profile = profile;
    this.arguments = List.copyOf(arguments);
  }

  /**
   * The options a job of this name would run with, unless the arguments give it another.
   *
   * @throws GraftException (exit 2) when an option or the runner is unknown
   */
  public PipelineOptions options(String jobName) {
    List<String> all = profile.arguments(arguments);
    try {
      PipelineOptions options =
          PipelineOptionsFactory.fromArgs(all.toArray(new String[0])).create();
      if (all.stream().noneMatch(argument -> argument.startsWith(JOB_NAME))) {
        options.setJobName(jobName);
      }
      if (options.getRunner() == FlinkRunner.class) {
        complete(options.as(FlinkPipelineOptions.class));
      } else if (DataflowSettings.isDataflow(options)) {
        DataflowSettings.complete(options.as(DataflowPipelineOptions.class));
      }
      return options;
    } catch (IllegalArgumentException e) {
      throw new GraftException(ExitCode.USAGE, new RefusedOptions(all).message(e), e);
    }
  }

  /**
   * Flink inside this process works on one core unless it is told to use all. A cluster has Beam
   * and DJL already (config/deploy/flink): it is sent Graft's own classes, where Beam would send
   * the whole class path.
   */
  private void complete(FlinkPipelineOptions options) {
    boolean embedded = EMBEDDED.equals(options.getFlinkMaster());
    if (options.getFlinkConfDir() == null && (embedded || !profile.flink().isEmpty())) {
      Map<String, String> settings = new TreeMap<>(profile.flink());
      settings.putIfAbsent(SubmittedJobs.SETTING, SubmittedJobs.class.getName());
      options.setFlinkConfDir(FlinkSettings.directory(settings).toString());
    }
    if (options.getParallelism() < 1 && embedded) {
      options.setParallelism(Runtime.getRuntime().availableProcessors());
    }
    if (FlinkCluster.isAddress(options.getFlinkMaster()) && options.getFilesToStage() == null) {
      options.setFilesToStage(List.of(OwnClasses.location().toString()));
    }
  }

  /** A job on a cluster has the cluster's parallelism unless it is told another. */
  private static void spread(FlinkPipelineOptions options) {
    if (options.getParallelism() < 1 && FlinkCluster.isAddress(options.getFlinkMaster())) {
      options.setParallelism(FlinkCluster.parallelism(options.getFlinkMaster()));
    }
  }

  /**
   * Ends jobs that go on although their launcher is gone, as they do on a Flink cluster.
   *
   * @param names of jobs to end
   * @return the names of those that were at work
   * @throws dev.graft.data.GraftException (exit 5) when one does not end, (exit 1) when the cluster
   *     does not answer
   */
  public List<String> endJobs(Predicate<String> names) {
    PipelineOptions options = options("graft-look");
    if (options.getRunner() != FlinkRunner.class) {
      return List.of();
    }
    String master = options.as(FlinkPipelineOptions.class).getFlinkMaster();
    return FlinkCluster.isAddress(master)
        ? FlinkCluster.cancel(master, names, LONGEST_CANCELLING)
        : List.of();
  }

  /**
   * Runs a job that is told from others of its name by the attempt. Dataflow runs one job of a name
   * at a time, so there the name alone says what must not run twice.
   *
   * @param cancellable gets, once the job runs, what ends it from another thread; the job then
   *     counts as failed
   * @return what the job has counted
   */
  public JobCounters run(
      String name,
      String attempt,
      Consumer<Pipeline> graph,
      Optional<Consumer<Runnable>> cancellable) {
    String jobName = DataflowSettings.isDataflow(options(name)) ? name : name + "-" + attempt;
    return run(jobName, graph, cancellable);
  }

  /** Runs to the end; throws what the runner throws when the pipeline fails. */
  public JobCounters run(String jobName, Consumer<Pipeline> graph) {
    return run(jobName, graph, Optional.empty());
  }

  private JobCounters run(
      String jobName, Consumer<Pipeline> graph, Optional<Consumer<Runnable>> cancellable) {
    PipelineOptions options = options(jobName);
    if (DataflowSettings.isTemplate(options)) {
      throw GraftException.usage(
          "--templateLocation writes a job that somebody else starts, and this command waits for"
              + " its end; see config/deploy/dataflow");
    }
    if (cancellable.isPresent() && options.getRunner() == DirectRunner.class) {
      options.as(DirectOptions.class).setBlockOnRun(false);
    }
    SubmittedJobs.tell(job -> cancellable.ifPresent(taker -> taker.accept(job::cancel)));
    PipelineResult result;
    PipelineResult.State state;
    try {
      result = submit(options, graph);
      if (options.getRunner() != FlinkRunner.class) {
        PipelineResult running = result;
        cancellable.ifPresent(taker -> taker.accept(() -> cancel(running)));
      }
      state = result.waitUntilFinish();
    } catch (RuntimeException e) {
      throw isOnCluster(options) ? explained(options, e) : e;
    }
    if (state != null && state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the job " + jobName + " ended as " + state);
    }
    return JobCounters.of(result);
  }

  private static boolean isOnCluster(PipelineOptions options) {
    return options.getRunner() == FlinkRunner.class
        && FlinkCluster.isAddress(options.as(FlinkPipelineOptions.class).getFlinkMaster());
  }

  private static RuntimeException explained(PipelineOptions options, RuntimeException failure) {
    String why;
    if (FlinkCluster.isCutOff(failure)) {
      why =
          "the Flink cluster at %s does not answer any more, and the job %s may have gone with it;"
              + " when its job manager runs again, repeat this command";
    } else if (FlinkCluster.hasForgotten(failure)) {
      why =
          "the Flink cluster at %s knows nothing of the job %s any more: its job manager has been"
              + " started again; repeat this command";
    } else {
      return failure;
    }
    return new GraftException(
        ExitCode.TRANSIENT,
        String.format(
            Locale.ROOT,
            why,
            options.as(FlinkPipelineOptions.class).getFlinkMaster(),
            options.getJobName()),
        failure);
  }

  /** Starts a job, or writes it to {@code --templateLocation}, and waits for nothing. */
  public void submit(String jobName, Consumer<Pipeline> graph) {
    submit(options(jobName), graph);
  }

  private static PipelineResult submit(PipelineOptions options, Consumer<Pipeline> graph) {
    if (options.getRunner() == FlinkRunner.class) {
      spread(options.as(FlinkPipelineOptions.class));
    }
    Pipeline pipeline = Pipeline.create(options);
    graph.accept(pipeline);
    try {
      return pipeline.run();
    } catch (DataflowJobAlreadyExistsException e) {
      throw new GraftException(
          ExitCode.BUSY,
          "Dataflow runs a job named " + options.getJobName() + " already; wait for it to end",
          e);
    }
  }

  private static void cancel(PipelineResult result) {
    try {
      result.cancel();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
