package dev.graft.cli;

import dev.graft.data.io.Storage;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.workflow.CommittedInputs;
import dev.graft.workflow.Preview;
import dev.graft.workflow.Preview.ClassPreview;
import dev.graft.workflow.Preview.Sample;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.RunResult;
import dev.graft.workflow.Stages;
import dev.graft.workflow.Workflow;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code graft preview}. */
@Command(
    name = "preview",
    header = "Draw a few samples, score them and show them; publish nothing.",
    description = {
      "Runs ingest and train first where they are not done; a later run uses what they made. The"
          + " samples are the first ones that a run would draw."
    })
final class PreviewCommand extends LaunchCommand {
  @Option(
      names = {"-n", "--samples"},
      paramLabel = "N",
      description = "Samples over all classes. Default: ${DEFAULT-VALUE}.",
      defaultValue = "50")
  private int samples;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "HTML page to write. Default: .graft/preview.html below the spec's publish.to.")
  private Path file;

  PreviewCommand(Surroundings surroundings) {
    super(surroundings, List.of(StageName.INGEST, StageName.TRAIN));
  }

  @Override
  void done(RunRequest request, RunResult result, Narrator narrator) {
    narrator.close();
    StageContext context = new Workflow(Stages.all()).context(request, StageName.AUGMENT);
    CommittedInputs inputs = new CommittedInputs();
    Preview preview = Preview.draw(context, inputs, Math.max(1, samples));
    Modality modality = Modalities.get(request.spec().modality());
    String place =
        file == null
            ? Storage.resolve(context.workDirectory(), "preview.html")
            : workingDirectory().resolve(file).toString();
    Storage.writeText(
        place,
        new PreviewSheet(request.spec().name(), modality.view(inputs.facts(context).schema()))
            .page(preview));
    if (json()) {
      out().println(JsonText.line(document(preview, place)));
    } else {
      table(preview, place, out());
    }
    out().flush();
  }

  private static void table(Preview preview, String place, PrintWriter out) {
    if (preview.classes().isEmpty()) {
      out.println("no class wants synthetic rows: see augment in the spec");
      return;
    }
    Set<String> scorers = preview.classes().get(0).samples().get(0).scores().keySet();
    StringBuilder header = new StringBuilder("%-20s %10s".formatted("class", "pass"));
    scorers.forEach(scorer -> header.append("  %16s".formatted(scorer)));
    out.println();
    out.println(header);
    for (ClassPreview one : preview.classes()) {
      long passed = one.samples().stream().filter(sample -> sample.refusedBy().isEmpty()).count();
      StringBuilder line =
          new StringBuilder(
              "%-20s %10s".formatted(one.name(), passed + "/" + one.samples().size()));
      for (String scorer : scorers) {
        double mean =
            one.samples().stream()
                .mapToDouble(sample -> sample.scores().get(scorer))
                .average()
                .orElse(Double.NaN);
        line.append(String.format(Locale.ROOT, "  %16.3f", mean));
      }
      out.println(line);
    }
    StringBuilder bounds = new StringBuilder("%-20s %10s".formatted("bounds", ""));
    preview
        .bounds()
        .forEach(
            (rule, bound) -> bounds.append(String.format(Locale.ROOT, "  %s %.3f", rule, bound)));
    out.println(bounds);
    out.println();
    out.println(
        String.format(
            Locale.ROOT,
            "%.0f %% pass the rules for single rows (columns: mean scores)",
            100 * preview.acceptance()));
    out.println("page       " + place);
  }

  private static Map<String, Object> document(Preview preview, String place) {
    List<Map<String, Object>> classes = new ArrayList<>();
    for (ClassPreview one : preview.classes()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      for (Sample sample : one.samples()) {
        rows.add(Map.of("scores", sample.scores(), "refused-by", sample.refusedBy()));
      }
      classes.add(Map.of("name", one.name(), "samples", rows));
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("event", "preview");
    document.put("acceptance", preview.acceptance());
    document.put("bounds", preview.bounds());
    document.put("classes", classes);
    document.put("page", place);
    return document;
  }
}
