package dev.graft.cli;

import dev.graft.data.json.Json;
import dev.graft.publish.DatasetInspection;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft inspect}. */
@Command(
    name = "inspect",
    header = "Show what is in a dataset folder: counts, schema, scores, digest.",
    description =
        "Reads published folders, and any folder of Parquet files. Files of a published folder are"
            + " compared with its manifest: their names and sizes, and with --digest their content."
            + " Exit 3 when one is missing, added or changed.")
final class InspectCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "DIR", description = "Such as out/quickstart/dt=2026-11-22.")
  private String place;

  @Option(
      names = "--digest",
      description =
          "Also print the content digest: the same for the same rows and schema, whatever their"
              + " order, shards, run id or date.")
  private boolean digest;

  @Mixin private DirectoryOption directory;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  InspectCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    DatasetInspection inspection =
        DatasetInspection.of(directory.location(surroundings, place), digest);
    PrintWriter out = spec.commandLine().getOut();
    out.print(output.json() ? Json.pretty(inspection) : inspection.toText());
    out.flush();
    return 0;
  }
}
