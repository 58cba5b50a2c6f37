package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.cli.GraftCommand;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs over texts of several labels, from JSON Lines to Parquet. */
@Tag("slow")
class LabelRunProof {
  private static final String SPEC =
      """
      name: tags
      modality: text
      seed: 5
      source:
        format: jsonl
        path: %1$s/tagged.jsonl
        labels: tags
        empty-labels: keep
        max-bad-records: 5%%
      text: {max-bytes: 64}
      split: {tune: 0.2, test: 0.2}
      model: {define: %1$s/model.yaml}
      judge: {define: %1$s/judge.yaml}
      examiner: {define: %1$s/examiner.yaml}
      augment:
        synthetic: {per-class: 10}
        candidates: {oversample: 3, cap: 12x}
        controls: {top-p: 0.95}
      select:
        - {scorer: label-agreement, min: 0.01}
        - {scorer: near-duplicate, drop: true, distance: 0.01}
      evaluate:
        rows: 100
        metrics: [coverage]
        utility: {learner: %1$s/examiner.yaml, arms: [real, synthetic]}
      gates: {defaults: none, real-micro-f1: {min: 0.2}}
      publish: {to: %1$s/out, rows-per-shard: 50, parts: [tune, test]}
      """;

  private static final List<String> CITIES =
      List.of("rome", "oslo", "lima", "cairo", "delhi", "paris", "quito", "accra");
  private static final List<String> DAYS = List.of("monday", "friday", "sunday", "today");

  @TempDir private Path directory;

  /** 32 requests of each of four sets, four of a rare one, and two bad records. */
  private static String source() {
    StringBuilder lines = new StringBuilder();
    for (String city : CITIES) {
      for (String day : DAYS) {
        line(lines, "weather in %s on %s".formatted(city, day), "\"weather\"");
        line(lines, "fly to %s on %s".formatted(city, day), "\"travel\"");
        line(
            lines,
            "fly to %s if the sun shines on %s".formatted(city, day),
            "\"weather\", \"travel\", \"travel\"");
        line(lines, "hello %s and happy %s".formatted(city, day), "");
      }
    }
    for (String day : DAYS) {
      line(lines, "songs of rain for %s".formatted(day), "\"music\", \"weather\"");
    }
    return lines + "{\"text\": \"no tags\"}\n{\"text\": \"a number\", \"tags\": [[1]]}\n";
  }

  private static void line(StringBuilder lines, String text, String tags) {
    lines.append("{\"text\": \"%s\", \"tags\": [%s]}\n".formatted(text, tags));
  }

  private Path run(String name, String... beamOptions) throws IOException {
    Path folder = Files.createDirectory(directory.resolve(name));
    Files.writeString(folder.resolve("spec.yaml"), SPEC.formatted(folder));
    Files.writeString(folder.resolve("tagged.jsonl"), source());
    Files.writeString(
        folder.resolve("model.yaml"),
        """
        family: text-transformer
        architecture: {tokens: words, vocabulary: 300, max-tokens: 20, width: 32, layers: 1, heads: 2}
        training: {steps: 120, batch: 32, learning-rate: 0.01, eval-every: 40}
        """);
    for (String role : List.of("judge", "examiner")) {
      Files.writeString(
          folder.resolve(role + ".yaml"),
          """
          family: text-classifier
          architecture: {grams: {%s: [1, 2], buckets: 512}, dense: [16]}
          training: {steps: 60, batch: 32, learning-rate: 0.01, eval-every: 20}
          """
              .formatted(role.equals("judge") ? "characters" : "words"));
    }
    List<String> arguments = new ArrayList<>(List.of("run", folder + "/spec.yaml"));
    arguments.addAll(List.of("--run-date", "2026-01-02", "--runner", "direct", "--"));
    arguments.addAll(List.of(beamOptions));
    assertDone(folder, arguments);
    return folder.resolve("out/dt=2026-01-02");
  }

  private static Result assertDone(Path folder, List<String> arguments) {
    Result result =
        GraftCommand.run(
            folder, Map.of("GRAFT_STORE", folder.resolve("store").toString()), arguments);
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    return result;
  }

  @Test
  void rowsOfSeveralLabelsArePublishedAsListsOfThem() throws IOException, SQLException {
    Path published = run("one", "--targetParallelism=1");
    String data = published.resolve("data").toString();
    assertThat(DuckDb.columns(data)).containsExactly("text", "labels", "_graft");
    Map<String, Long> real = sets(data, false);
    // music, travel, weather
    assertThat(real)
        .isEqualTo(Map.of("[]", 32L, "[1]", 32L, "[1, 2]", 32L, "[2]", 32L, "[0, 2]", 4L));
    assertThat(DuckDb.strings(data, false, "text", "labels::varchar"))
        .contains(
            List.of("fly to oslo if the sun shines on friday", "[1, 2]"),
            List.of("hello lima and happy monday", "[]"),
            List.of("songs of rain for today", "[0, 2]"));
    assertThat(sets(data, true)).containsOnlyKeys("[]", "[1]", "[1, 2]", "[2]");
    assertThat(Set.copyOf(types(data))).containsExactly("BIGINT[]");

    JsonNode metrics =
        Json.read(Files.readAllBytes(published.resolve("metrics.json")), JsonNode.class);
    assertThat(metrics.toString()).contains("\"micro-f1\"", "\"macro-f1\"").doesNotContain("NaN");
    assertThat(Files.readString(published.resolve("report.html")))
        .contains("Single labels", "travel + weather");
    assertThat(Files.readString(published.resolve("README.md")))
        .contains("multi-label-classification", "list:\n", "class_label:\n", "music, travel");
    Path folder = directory.resolve("one");
    assertThat(assertDone(folder, List.of("inspect", published.toString())).text())
        .contains("travel", "none");
    assertDone(folder, List.of("explain", published.toString(), "--to", directory + "/page.html"));
    assertThat(directory.resolve("page.html")).content().contains("travel + weather");

    Path again = run("two", "--targetParallelism=2");
    assertThat(DatasetDigest.ofDirectory(again.toString()).digest())
        .isEqualTo(DatasetDigest.ofDirectory(published.toString()).digest());
  }

  /** Rows per list of label ids. */
  private static Map<String, Long> sets(String data, boolean synthetic) throws SQLException {
    return DuckDb.strings(data, synthetic, "labels::varchar").stream()
        .collect(Collectors.groupingBy(row -> row.get(0), Collectors.counting()));
  }

  private static List<String> types(String data) throws SQLException {
    return DuckDb.strings(data, true, "typeof(labels)").stream().map(row -> row.get(0)).toList();
  }
}
