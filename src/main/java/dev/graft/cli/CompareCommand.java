package dev.graft.cli;

import dev.graft.data.json.Json;
import dev.graft.publish.DatasetComparison;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft compare}. */
@Command(
    name = "compare",
    header = "Tell what differs between two dataset folders.",
    description =
        "Order of rows, number of files, run ids and dates do not count. The exit status is 0 whether"
            + " they differ or not; --json has the field same.")
final class CompareCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(index = "0", paramLabel = "DIR", description = "One dataset folder.")
  private String first;

  @Parameters(index = "1", paramLabel = "OTHER", description = "Another one.")
  private String second;

  @Mixin private DirectoryOption directory;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  CompareCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    DatasetComparison comparison =
        DatasetComparison.of(
            directory.location(surroundings, first), directory.location(surroundings, second));
    PrintWriter out = spec.commandLine().getOut();
    out.print(output.json() ? Json.pretty(comparison) : comparison.toText());
    out.flush();
    return 0;
  }
}
