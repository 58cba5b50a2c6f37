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
import dev.graft.model.TinyTexts;
import dev.graft.model.language.LanguageFiles;
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

/** All stages with a language model from a TorchScript file, and from an ONNX file. */
class ExternalLanguageProof {
  private static final List<String> CLASSES = List.of("weather", "music", "money");
  private static final String SPEC =
      """
      name: words
      modality: text
      seed: 5
      source: {format: csv, path: %1$s/texts.csv}
      text: {max-bytes: 48}
      split: {tune: 0.2, test: 0.2}
      model: {define: %1$s/model.yaml}
      judge: {define: %1$s/judge.yaml}
      examiner: {define: %1$s/examiner.yaml}
      augment:
        synthetic: {per-class: 12}
        candidates: {oversample: 2, cap: 8x}
        controls: {temperature: 1.2, top-p: 0.999, keywords: [please]}
      select:
        - {scorer: label-agreement, min: 0.01}
      evaluate:
        metrics: [coverage]
        rows: 50
        utility: {learner: %1$s/examiner.yaml, arms: [real, synthetic]}
      gates: {defaults: none}
      publish: {to: %1$s/out, rows-per-shard: 20}
      """;

  @TempDir Path directory;

  private Path spec(Path folder, String model) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("texts.csv"), texts());
    Files.writeString(folder.resolve("model.yaml"), model);
    for (String role : List.of("judge", "examiner")) {
      Files.writeString(
          folder.resolve(role + ".yaml"),
          """
          family: text-classifier
          architecture: {grams: {%s: [1, 2], buckets: 256}, dense: [16]}
          training: {steps: 40, batch: 32, learning-rate: 0.01, eval-every: 20}
          """
              .formatted(role.equals("judge") ? "characters" : "words"));
    }
    return Files.writeString(folder.resolve("spec.yaml"), SPEC.formatted(folder));
  }

  private static String texts() {
    StringBuilder csv = new StringBuilder("text,label\n");
    var rows = TinyTexts.rows(240, 7);
    for (int row = 0; row < rows.size(); row++) {
      csv.append(TinyTexts.text(rows.values(), row)).append(" ").append(row).append(',');
      csv.append(CLASSES.get(rows.labels()[row])).append('\n');
    }
    return csv.toString();
  }

  private static Result run(Path spec, String runner, String... options) {
    List<String> arguments = new ArrayList<>(List.of("run", spec.toString()));
    arguments.addAll(List.of("--run-date", "2026-01-02", "--runner", runner, "--"));
    arguments.addAll(List.of(options));
    Path folder = spec.getParent();
    return GraftCommand.run(
        folder, Map.of("GRAFT_STORE", folder.resolve("store").toString()), arguments);
  }

  private Path published(String folder, String model, String runner, String... options)
      throws IOException {
    Path spec = spec(directory.resolve(folder), model);
    Result run = run(spec, runner, options);
    assertThat(run.exitCode()).as(run.text()).isEqualTo(ExitCode.DONE);
    return spec.resolveSibling("out/dt=2026-01-02");
  }

  private static void isWhole(Path published) throws IOException {
    assertThat(DatasetDigest.ofDirectory(published.toString()).rows())
        .containsEntry("synthetic/train", 36L);
    JsonNode manifest =
        Json.read(Files.readAllBytes(published.resolve("manifest.json")), JsonNode.class);
    assertThat(manifest.at("/models/generator/family").asText()).isEqualTo("text-external");
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.walk(published.resolve("data/synthetic"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList()) {
        try (DatasetFileReader reader = DatasetFileReader.open(file.toString())) {
          for (DatasetRow row : reader) {
            texts.add((String) row.values()[0]);
          }
        }
      }
    }
    assertThat(texts).hasSize(36).allMatch(text -> text.contains("please"));
    assertThat(texts).anyMatch(text -> text.contains("snow"));
  }

  @Test
  void aRunWithATorchScriptModelPublishesItsTexts() throws IOException {
    isWhole(published("torch", LanguageFiles.torchScript("words.pt"), "direct"));
  }

  @Test
  void aRunWithAnOnnxModelPublishesItsTexts() throws IOException {
    isWhole(published("onnx", LanguageFiles.onnx(), "direct"));
  }

  @Test
  @Tag("slow")
  void theRowsAreTheSameAtAnyParallelism() throws IOException {
    String model = LanguageFiles.onnx();
    DatasetDigest one =
        DatasetDigest.ofDirectory(
            published("one", model, "direct", "--targetParallelism=1").toString());
    Path eight = published("eight", model, "direct", "--targetParallelism=8");
    assertThat(DatasetDigest.ofDirectory(eight.toString())).isEqualTo(one);
    Path flink = published("flink", model, "flink", "--flinkMaster=[local]", "--parallelism=2");
    assertThat(DatasetDigest.ofDirectory(flink.toString())).isEqualTo(one);
  }

  @Test
  void aTokenizerOfAnotherModelIsFoundBeforeAnythingIsPublished() throws IOException {
    String model =
        LanguageFiles.torchScript("words.pt")
            .replace(
                LanguageFiles.section("graft.json"), LanguageFiles.section("huggingface.json"));
    Result run = run(spec(directory, model), "direct");
    assertThat(run.exitCode()).as(run.text()).isEqualTo(ExitCode.USAGE);
    assertThat(run.errors()).contains("its tokenizer has 310 tokens");
    assertThat(directory.resolve("out/dt=2026-01-02")).doesNotExist();
  }
}
