package dev.graft.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.StageName;
import dev.graft.workflow.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a finished run has made, in the lines that end {@code graft run}. */
final class RunSummary {
  private final PipelineSpec spec;
  private final RunResult result;
  private final List<String> lines = new ArrayList<>();

  RunSummary(PipelineSpec spec, RunResult result) {
    this.spec = spec;
    this.result = result;
  }

  List<String> lines(double seconds) {
    lines.add("");
    selection(summary(StageName.AUGMENT));
    evaluation(summary(StageName.EVALUATE));
    if (!result.publishedDirectory().isEmpty()) {
      line("data", result.publishedDirectory());
    }
    if (!result.report().isEmpty()) {
      line("report", result.report());
    }
    line("time", ProgressTask.clock(seconds));
    return lines;
  }

  private void selection(JsonNode figures) {
    if (figures.isMissingNode()) {
      return;
    }
    line(
        "accepted",
        "%,d of %,d candidates (%.1f %%), %,d wanted"
            .formatted(
                figures.path("accepted").asLong(),
                figures.path("candidates").asLong(),
                100 * figures.path("acceptance").asDouble(),
                figures.path("wanted").asLong()));
    List<String> classes = new ArrayList<>();
    figures
        .path("classes")
        .forEach(
            one ->
                classes.add(
                    "%s %,d".formatted(one.path("name").asText(), one.path("accepted").asLong())));
    if (!classes.isEmpty()) {
      line("per class", String.join(", ", classes));
    }
    figures.path("short-classes").forEach(sentence -> line("SHORT", sentence.asText()));
  }

  private void evaluation(JsonNode summary) {
    JsonNode figures = summary.path("figures");
    if (figures.has("coverage")) {
      line(
          "coverage",
          "%.3f; unseen real rows reach %.3f"
              .formatted(
                  figures.path("coverage").asDouble(),
                  figures.path("coverage-of-real").asDouble()));
    }
    List<String> accuracies = new ArrayList<>();
    for (String arm : List.of("real", "classical", "generated", "both", "synthetic")) {
      if (figures.has(arm + "-accuracy")) {
        accuracies.add(
            "%s %.1f %%".formatted(arm, 100 * figures.path(arm + "-accuracy").asDouble()));
      }
    }
    if (!accuracies.isEmpty()) {
      line("accuracy", "on real test rows, trained on: " + String.join(", ", accuracies));
    }
    if (figures.has("copied-rows")) {
      line(
          "copies",
          "%.1f %% of accepted rows, %.1f %% of unseen real ones"
              .formatted(
                  100 * figures.path("copied-rows").asDouble(),
                  100 * figures.path("copied-rows-of-real").asDouble()));
    }
    summary.path("failed-gates").forEach(message -> line("FAILED", message.asText()));
  }

  private JsonNode summary(StageName stage) {
    Map<StageName, JsonNode> summaries = result.summaries();
    return summaries.getOrDefault(stage, MissingNode.getInstance());
  }

  private void line(String label, String text) {
    lines.add(String.format(Locale.ROOT, "%-10s %s", label, text));
  }
}
