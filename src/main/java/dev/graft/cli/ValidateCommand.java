package dev.graft.cli;

import dev.graft.data.json.Json;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SpecFile;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code graft validate}. */
@Command(
    name = "validate",
    header = "Check a spec and the definitions it names; start nothing.",
    description = {
      "Tells every mistake with file, line, allowed values and the nearest valid name (exit 2)."
          + " With --json prints the spec as it is understood, with every default."
    })
final class ValidateCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private SpecOptions options;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  ValidateCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    SpecFile file = options.read(surroundings);
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      out.print(Json.pretty(file.spec()));
    } else {
      PipelineSpec read = file.spec();
      out.printf(
          "%s is right: %s, %s from %s, %d rules, %d gates, to %s%n",
          options.file(),
          read.name(),
          read.modality(),
          read.source().format(),
          read.select().size(),
          read.gates().size(),
          read.publish().to());
    }
    out.flush();
    return 0;
  }
}
