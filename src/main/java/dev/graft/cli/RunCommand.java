package dev.graft.cli;

import dev.graft.runner.RunnerProfile;
import dev.graft.workflow.RunRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code graft run}. */
@Command(
    name = "run",
    header = "Run the five stages: ingest, train, augment, evaluate, publish.",
    description = {
      "Stages that are already done for the same spec, data and seed are skipped, so a killed run"
          + " goes on where it was, and a second run is free.",
      "A failed gate publishes nothing and leaves the report to read (exit 4)."
    },
    footer = {
      "",
      "Examples:",
      "  graft run pipelines/quickstart.yaml",
      "  graft run nightly.yaml --run-date 2026-11-22 --dir /srv/graft --json",
      "  graft run nightly.yaml --runner FlinkRunner -- --flinkMaster=host:8081 --parallelism=16"
    })
final class RunCommand extends LaunchCommand {
  @Mixin private OverwriteOption overwrite;
  @Mixin private OneJobOption oneJob;

  RunCommand(Surroundings surroundings) {
    super(surroundings, RunRequest.allStages());
  }

  @Override
  boolean overwrite() {
    return overwrite.isSet();
  }

  @Override
  RunnerProfile launching(RunnerProfile profile) {
    return oneJob.in(profile);
  }
}
