package dev.graft.cli;

import dev.graft.stage.StageName;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code graft evaluate}. */
@Command(
    name = "evaluate",
    header = "Measure what was selected and write the report.",
    description = {
      "Needs the output of augment. Quality beside real against real, copies, utility by arms, gates."
    })
final class EvaluateCommand extends LaunchCommand {

  EvaluateCommand(Surroundings surroundings) {
    super(surroundings, List.of(StageName.EVALUATE));
  }
}
