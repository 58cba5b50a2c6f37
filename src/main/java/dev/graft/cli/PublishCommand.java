package dev.graft.cli;

import dev.graft.stage.StageName;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code graft publish}. */
@Command(
    name = "publish",
    header = "Check the gates and publish the dataset.",
    description = {
      "Needs the output of evaluate. Exit 4 when a gate refuses; nothing is published then."
    })
final class PublishCommand extends LaunchCommand {
  @Mixin private OverwriteOption overwrite;

  PublishCommand(Surroundings surroundings) {
    super(surroundings, List.of(StageName.PUBLISH));
  }

  @Override
  boolean overwrite() {
    return overwrite.isSet();
  }
}
