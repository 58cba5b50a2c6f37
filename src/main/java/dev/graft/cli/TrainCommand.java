package dev.graft.cli;

import dev.graft.stage.StageName;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code graft train}. */
@Command(
    name = "train",
    header = "Train the generator, the judge and the examiner, or load them.",
    description = {
      "Needs the output of ingest. A training that was killed goes on from its last checkpoint."
    })
final class TrainCommand extends LaunchCommand {

  TrainCommand(Surroundings surroundings) {
    super(surroundings, List.of(StageName.TRAIN));
  }
}
