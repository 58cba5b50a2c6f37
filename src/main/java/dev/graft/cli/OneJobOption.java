package dev.graft.cli;

import dev.graft.runner.RunnerProfile;
import picocli.CommandLine.Option;

/** Whether stages are launched together. */
final class OneJobOption {
  @Option(
      names = "--one-job",
      negatable = true,
      description =
          "Launch augment, evaluate and publish as one Beam job: fewer starts of workers on"
              + " Dataflow. The rows are the same. Default: what the runner profile says (jobs: one"
              + " or each).")
  private Boolean oneJob;

  RunnerProfile in(RunnerProfile profile) {
    return oneJob == null ? profile : profile.withOneJob(oneJob);
  }
}
