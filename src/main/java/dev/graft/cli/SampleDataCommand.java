package dev.graft.cli;

import dev.graft.data.json.Json;
import dev.graft.ingest.sample.SampleData;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code graft sample-data}. */
@Command(
    name = "sample-data",
    header = "Write a small labelled dataset of drawn shapes or made-up requests, to try Graft on.",
    description = "The same seed gives the same data. The folder appears whole or not at all.")
final class SampleDataCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "DIR", description = "Folder to write; must be empty or not there.")
  private Path directory;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "shapes (grey PNG in class folders), shapes-colour, idx, parquet, utterances (texts in a"
              + " CSV file) or pairs (of texts, in a CSV file). Default: ${DEFAULT-VALUE}.",
      defaultValue = "shapes")
  private String kind;

  @Option(
      names = "--per-class",
      paramLabel = "N",
      description =
          "Rows of each class: eight shapes, six intents, or two kinds of pairs. Default:"
              + " ${DEFAULT-VALUE}.",
      defaultValue = "400")
  private int perClass;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the drawing. Default: ${DEFAULT-VALUE}.",
      defaultValue = "7")
  private long seed;

  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  SampleDataCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    Path place = surroundings.directory().resolve(directory).normalize();
    SampleData.write(place, kind, seed, perClass);
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      Map<String, Object> made = new LinkedHashMap<>();
      made.put("directory", place.toString());
      made.put("kind", kind);
      made.put("per-class", perClass);
      made.put("seed", seed);
      out.print(Json.pretty(made));
    } else {
      out.println("made " + place + "; `graft init " + directory + "` writes a spec for it");
    }
    out.flush();
    return 0;
  }
}
