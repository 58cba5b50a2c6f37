package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.cli.GraftCommand;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetDigest;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs over generated texts, from an empty folder and an empty model store. */
@Tag("slow")
class TextRunProof {
  private static final String SPEC =
      """
      name: words
      modality: text
      seed: 5
      source:
        format: csv
        path: %1$s/texts
        sample-data: {kind: utterances, per-class: 60, seed: 3}
      text: {max-bytes: 96}
      split: {tune: 0.2, test: 0.2}
      model: {define: %1$s/model.yaml}
      judge: {define: %1$s/judge.yaml}
      examiner: {define: %1$s/examiner.yaml}
      augment:
        synthetic: {per-class: 20}
        candidates: {oversample: 2, cap: 8x}
        controls: {top-p: 0.95}
      select:
        - {scorer: label-agreement, min: 0.01}
        - {scorer: realism, min: 0.05}
        - {scorer: near-duplicate, drop: true, distance: 0.05}
      evaluate:
        rows: 100
        utility: {learner: %1$s/examiner.yaml, arms: [real, classical, synthetic]}
      gates: {defaults: none}
      publish: {to: %1$s/out, rows-per-shard: 50}
      """;

  @TempDir private Path directory;

  private static final String TRANSFORMER =
      """
      family: text-transformer
      architecture: {vocabulary: 320, max-tokens: 40, width: 32, layers: 1, heads: 2}
      training: {steps: 120, batch: 32, learning-rate: 0.01, eval-every: 40}
      """;

  private static final String GRAMS =
      """
      family: text-classifier
      architecture: {grams: {%s: [1, 2], buckets: 512}, dense: [16]}
      training: {steps: 60, batch: 32, learning-rate: 0.01, eval-every: 20}
      """;

  private Path run(String name, String runner, String... beamOptions) throws IOException {
    Map<String, String> definitions =
        Map.of(
            "model", TRANSFORMER,
            "judge", GRAMS.formatted("characters"),
            "examiner", GRAMS.formatted("words"));
    return run(name, SPEC, definitions, runner, beamOptions);
  }

  private Path run(
      String name,
      String spec,
      Map<String, String> definitions,
      String runner,
      String... beamOptions)
      throws IOException {
    Path folder = Files.createDirectory(directory.resolve(name));
    Files.writeString(folder.resolve("spec.yaml"), spec.formatted(folder));
    for (Map.Entry<String, String> definition : definitions.entrySet()) {
      Files.writeString(folder.resolve(definition.getKey() + ".yaml"), definition.getValue());
    }
    List<String> arguments = new ArrayList<>(List.of("run", folder + "/spec.yaml"));
    arguments.addAll(List.of("--run-date", "2026-01-02", "--runner", runner, "--"));
    arguments.addAll(List.of(beamOptions));
    Result result =
        GraftCommand.run(
            folder, Map.of("GRAFT_STORE", folder.resolve("store").toString()), arguments);
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    return folder.resolve("out/dt=2026-01-02");
  }

  @Test
  void textsGoThroughAllStagesAndAreTheSameAtAnyParallelism() throws IOException {
    Path published = run("one", "direct", "--targetParallelism=1");
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(published.resolve("data"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList()) {
        try (DatasetFileReader reader = DatasetFileReader.open(file.toString())) {
          assertThat(reader.columns().get(0).name()).isEqualTo("text");
          for (DatasetRow row : reader) {
            if (row.provenance().synthetic()) {
              texts.add((String) row.values()[0]);
            }
          }
        }
      }
    }
    assertThat(texts).hasSizeGreaterThan(60).allSatisfy(text -> assertThat(text).isNotBlank());

    JsonNode metrics =
        Json.read(Files.readAllBytes(published.resolve("metrics.json")), JsonNode.class);
    assertThat(metrics.toString()).contains("coverage").doesNotContain("NaN");
    String report = Files.readString(published.resolve("report.html"));
    assertThat(report).contains("<bdi class=\"row\"").contains("weather");
    assertThat(Files.readString(published.resolve("README.md")))
        .contains("text-classification")
        .contains("dtype: string");

    Path again = run("three", "direct", "--targetParallelism=3");
    assertThat(DatasetDigest.ofDirectory(again.toString()).digest())
        .isEqualTo(DatasetDigest.ofDirectory(published.toString()).digest());
  }

  /** The judge sees each text by itself, so its soft labels have the same bits however rows lie. */
  @Test
  void nearWordsWithSoftLabelsAreTheSameAtAnyParallelism() throws Exception {
    String spec =
        SPEC.replace("  controls: {top-p: 0.95}\n", "")
            .replace(
                "  synthetic: {per-class: 20}",
                "  synthetic: {per-class: 20}\n  soft-labels: true");
    Map<String, String> definitions =
        Map.of(
            "model", "family: text-near-words\narchitecture: {splice: 0.5, across: 0.5}\n",
            "judge", "family: text-encoder\ntraining: {steps: 60, eval-every: 20}\n",
            "examiner", GRAMS.formatted("words"));
    Path published = run("soft-1", spec, definitions, "direct", "--targetParallelism=1");
    List<List<String>> rows =
        DuckDb.strings(
            published.resolve("data").toString(),
            true,
            "text",
            "list_sum(label_probs)",
            "list_max(label_probs)");
    assertThat(rows).hasSizeGreaterThan(60);
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.get(0)).isNotBlank();
              assertThat(Double.parseDouble(row.get(1))).isBetween(1 - 1e-6, 1 + 1e-6);
            })
        .anyMatch(row -> Double.parseDouble(row.get(2)) < 0.9);
    for (int parallelism : new int[] {2, 8}) {
      Path again =
          run(
              "soft-" + parallelism,
              spec,
              definitions,
              "direct",
              "--targetParallelism=" + parallelism);
      assertThat(DatasetDigest.ofDirectory(again.toString()))
          .as("at parallelism %d", parallelism)
          .isEqualTo(DatasetDigest.ofDirectory(published.toString()));
    }
  }
}
