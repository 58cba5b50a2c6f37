package dev.graft.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.graft.data.io.Storage;
import dev.graft.stage.StageName;
import dev.graft.workflow.RunResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a finished run has made, in the lines that end {@code graft run}. */
final class RunSummary {
  private static final List<String> METRICS =
      List.of("coverage", "density", "precision", "recall", "frechet-distance");

  private final RunResult result;
  private final List<String> lines = new ArrayList<>();

  RunSummary(RunResult result) {
    this.result = result;
  }

  /**
   * @param timing what took how long, in words
   */
  List<String> lines(String timing) {
    lines.add("");
    real(summary(StageName.INGEST));
    selection(summary(StageName.AUGMENT));
    evaluation(summary(StageName.EVALUATE).path("figures"));
    summary(StageName.EVALUATE)
        .path("failed-gates")
        .forEach(message -> line("FAILED", message.asText()));
    places(summary(StageName.PUBLISH));
    line("time", timing);
    return lines;
  }

  private void real(JsonNode figures) {
    JsonNode rows = figures.path("rows");
    if (rows.isMissingNode()) {
      return;
    }
    long synthetic = figures.path("synthetic-rows").asLong();
    line(
        "real",
        String.format(
            Locale.ROOT,
            "%,d train, %,d tune, %,d test rows; %,d records rejected%s",
            rows.path("train").asLong() - synthetic,
            rows.path("tune").asLong(),
            rows.path("test").asLong(),
            sum(figures.path("rejected")),
            synthetic == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d synthetic ones passed over", synthetic)));
    figures.path("warnings").forEach(warning -> line("WARNING", warning.asText()));
  }

  private void selection(JsonNode figures) {
    if (figures.isMissingNode()) {
      return;
    }
    line(
        "synthetic",
        String.format(
            Locale.ROOT,
            "%,d rows accepted of %,d candidates, %.1f %% of which pass every rule; %,d wanted",
            figures.path("accepted").asLong(),
            figures.path("candidates").asLong(),
            100 * figures.path("acceptance").asDouble(),
            figures.path("wanted").asLong()));
    List<String> classes = new ArrayList<>();
    for (JsonNode one : figures.path("classes")) {
      classes.add("%s %,d".formatted(one.path("name").asText(), one.path("accepted").asLong()));
    }
    if (!classes.isEmpty()) {
      line("per class", String.join(", ", classes));
    }
    List<String> reasons = new ArrayList<>();
    for (Map.Entry<String, JsonNode> reason : figures.path("rejections").properties()) {
      if (reason.getValue().asLong() > 0) {
        reasons.add("%s %,d".formatted(reason.getKey(), reason.getValue().asLong()));
      }
    }
    if (!reasons.isEmpty()) {
      line("left out", String.join(", ", reasons));
    }
    figures.path("warnings").forEach(warning -> line("WARNING", warning.asText()));
    figures.path("short-classes").forEach(sentence -> line("SHORT", sentence.asText()));
  }

  private void evaluation(JsonNode figures) {
    List<String> quality = new ArrayList<>();
    for (String metric : METRICS) {
      if (figures.has(metric)) {
        quality.add(metric + " " + number(figures.get(metric)) + ofReal(figures, metric));
      }
    }
    if (!quality.isEmpty()) {
      line("quality", String.join(", ", quality));
    }
    if (figures.has("copied-rows")) {
      line(
          "copies",
          String.format(
              Locale.ROOT,
              "%.2f %% of the synthetic rows copy a training row (unseen real rows: %.2f %%)",
              100 * figures.get("copied-rows").asDouble(),
              100 * figures.path("copied-rows-of-real").asDouble()));
    }
    Map<String, String> arms = new LinkedHashMap<>();
    arms.put("synthetic", "synthetic rows alone");
    arms.put("real", "real");
    arms.put("classical", "real + classical");
    arms.put("generated", "real + synthetic");
    arms.put("both", "real + classical + synthetic");
    List<String> accuracies = new ArrayList<>();
    arms.forEach(
        (arm, words) -> {
          JsonNode accuracy = figures.path(arm + "-accuracy");
          if (accuracy.isNumber()) {
            accuracies.add(words + " " + number(accuracy));
          }
        });
    if (!accuracies.isEmpty()) {
      line("accuracy", "on real test rows, trained on: " + String.join(", ", accuracies));
    }
  }

  private void places(JsonNode published) {
    String data = result.publishedDirectory();
    if (!data.isEmpty()) {
      line("data", data);
    }
    String ownReport = Storage.resolve(data, "report.html");
    if (!data.isEmpty() && Storage.exists(ownReport)) {
      line("report", ownReport);
    } else if (!result.report().isEmpty()) {
      line("report", result.report());
    }
    if (published.has("content-digest")) {
      line("digest", published.get("content-digest").asText());
    }
  }

  private static String ofReal(JsonNode figures, String metric) {
    JsonNode real = figures.path(metric + "-of-real");
    return real.isNumber() ? " (real " + number(real) + ")" : "";
  }

  private static String number(JsonNode value) {
    return String.format(Locale.ROOT, value.asDouble() >= 100 ? "%.0f" : "%.3f", value.asDouble());
  }

  private static long sum(JsonNode counts) {
    long sum = 0;
    for (JsonNode count : counts) {
      sum += count.asLong();
    }
    return counts.isNumber() ? counts.asLong() : sum;
  }

  private JsonNode summary(StageName stage) {
    return result.summaries().getOrDefault(stage, MissingNode.getInstance());
  }

  private void line(String label, String text) {
    lines.add(String.format(Locale.ROOT, "%-10s %s", label, text));
  }
}
