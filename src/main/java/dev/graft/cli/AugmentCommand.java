package dev.graft.cli;

import dev.graft.stage.StageName;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code graft augment}. */
@Command(
    name = "augment",
    header = "Generate candidates, score them and select.",
    description = {
      "Needs the output of train. Ranges of candidates that are there already are not drawn again."
    })
final class AugmentCommand extends LaunchCommand {

  AugmentCommand(Surroundings surroundings) {
    super(surroundings, List.of(StageName.AUGMENT));
  }
}
