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
import dev.graft.model.chat.FakeChat;
import dev.graft.model.chat.FakeChat.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs whose texts a chat service writes, which answers one request of two as it should. */
class ChatRunProof {
  private static final String SPEC =
      """
      name: words
      modality: text
      seed: 5
      source:
        format: csv
        path: %1$s/texts
        sample-data: {kind: utterances, per-class: 20, seed: 3}
      text: {max-bytes: 96}
      split: {tune: 0.2, test: 0.2}
      model:
        define: models/MODEL.yaml
        set:
          architecture.service.url: ${GRAFT_CHAT_URL}
          architecture.service.key: HOME
          architecture.service.price: {prompt: 1, completion: 2}
          architecture.service.calls: {tries: 3, back-off: 0.01, most-failed: 0.5}
      judge: {define: %1$s/judge.yaml}
      examiner: {define: %1$s/examiner.yaml}
      augment:
        synthetic: {per-class: 8}
        candidates: {oversample: 1.5, cap: 6x}
        rounds: 2
      select:
        - {scorer: label-agreement, min: 0.01}
        - {scorer: near-duplicate, drop: true, distance: 0.05}
      evaluate:
        metrics: [self-bleu]
        rows: 50
        utility: {learner: %1$s/examiner.yaml, arms: [real]}
      gates: {defaults: none}
      publish: {to: %1$s/out, rows-per-shard: 50, include-real: true}
      """;

  @TempDir Path directory;

  private Result run(String name, String url, String spec, int parallelism) throws IOException {
    Path folder = Files.createDirectories(directory.resolve(name));
    Files.writeString(folder.resolve("spec.yaml"), spec.formatted(folder));
    for (String role : List.of("judge", "examiner")) {
      Files.writeString(
          folder.resolve(role + ".yaml"),
          """
          family: text-classifier
          architecture: {grams: {%s: [1, 2], buckets: 256}, dense: [8]}
          training: {steps: 30, batch: 16, learning-rate: 0.01, eval-every: 10}
          """
              .formatted(role.equals("judge") ? "characters" : "words"));
    }
    List<String> arguments = new ArrayList<>(List.of("run", folder + "/spec.yaml"));
    arguments.addAll(List.of("--run-date", "2026-01-02", "--runner", "direct"));
    arguments.addAll(List.of("--", "--targetParallelism=" + parallelism));
    // One store: what the service has answered is kept beside it.
    return GraftCommand.run(
        folder,
        Map.of("GRAFT_STORE", directory.resolve("store").toString(), "GRAFT_CHAT_URL", url),
        arguments);
  }

  private Path published(String name) {
    return directory.resolve(name + "/out/dt=2026-01-02");
  }

  private String digest(String name) {
    return DatasetDigest.ofDirectory(published(name).toString()).digest();
  }

  private List<DatasetRow> rows(String name) throws IOException {
    List<DatasetRow> rows = new ArrayList<>();
    try (Stream<Path> files = Files.walk(published(name).resolve("data"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList()) {
        try (DatasetFileReader reader = DatasetFileReader.open(file.toString())) {
          reader.forEach(rows::add);
        }
      }
    }
    return rows;
  }

  private static JsonNode json(Path file) throws IOException {
    return Json.read(Files.readAllBytes(file), JsonNode.class);
  }

  @Test
  void nothingIsLostOrDoubledAndKeptAnswersMakeTheSameRows() throws IOException {
    String spec = SPEC.replace("MODEL", "text-chat");
    String url;
    try (FakeChat chat = new FakeChat(Trouble.HALF_GARBAGE)) {
      url = chat.url();
      Result first = run("one", url, spec, 1);
      assertThat(first.exitCode()).as(first.text()).isEqualTo(ExitCode.DONE);
      assertThat(chat.keys()).containsExactly("Bearer " + System.getenv("HOME"));
      assertEveryCandidateIsTold();

      // What had no answer is asked for again and meets the same trouble.
      Result eight = run("eight", url, spec, 8);
      assertThat(eight.exitCode()).as(eight.text()).isEqualTo(ExitCode.DONE);
      assertThat(digest("eight")).isEqualTo(digest("one"));
      assertThat(json(published("eight").resolve("metrics.json")).path("selection"))
          .isEqualTo(json(published("one").resolve("metrics.json")).path("selection"));
    }
    // Nobody is there any more.
    Result off = run("off", url, spec, 2);
    assertThat(off.exitCode()).as(off.text()).isEqualTo(ExitCode.DONE);
    assertThat(digest("off")).isEqualTo(digest("one"));
  }

  private void assertEveryCandidateIsTold() throws IOException {
    JsonNode selection = json(published("one").resolve("metrics.json")).path("selection");
    long candidates = 0;
    long accepted = 0;
    long refused = 0;
    long none = 0;
    for (JsonNode each : selection.path("classes")) {
      candidates += each.path("candidates").asLong();
      accepted += each.path("accepted").asLong();
      refused += each.path("surplus").asLong();
      for (JsonNode count : each.path("rejections")) {
        refused += count.asLong();
      }
      none += each.path("rejections").path("no-answer").asLong();
    }
    assertThat(accepted + refused).isEqualTo(candidates);
    assertThat(none).isPositive();
    assertThat(selection.at("/service/nothing/garbage").asLong()).isEqualTo(none);
    assertThat(selection.at("/service/prompt-tokens").asLong()).isPositive();
    assertThat(selection.at("/service/cost").asDouble()).isPositive();
    assertThat(published("one").resolve("report.html"))
        .content()
        .contains("asked a service", "No sample came of");
    Set<String> ids = new HashSet<>();
    long synthetic = 0;
    for (DatasetRow row : rows("one")) {
      assertThat(ids.add(row.provenance().sampleId())).isTrue();
      assertThat((String) row.values()[0]).isNotBlank();
      synthetic += row.provenance().synthetic() ? 1 : 0;
    }
    assertThat(synthetic).isEqualTo(accepted);
  }

  @Test
  void aRefusedKeyEndsTheRunWithOneSentence() throws IOException {
    try (FakeChat chat = new FakeChat(Trouble.ALL_UNAUTHORISED)) {
      Result run = run("refused", chat.url(), SPEC.replace("MODEL", "text-chat"), 2);
      assertThat(run.exitCode()).as(run.text()).isEqualTo(ExitCode.INPUT);
      assertThat(run.errors())
          .contains("HTTP 401: it refuses the key; look at the environment variable HOME")
          .doesNotContain("Exception", "\tat ", "Bearer");
    }
  }

  @Test
  void backTranslationsNameTheirSourcesAndKeepTheirLabels() throws IOException {
    String alone = SPEC.replace("MODEL", "text-back-translation");
    String spec =
        alone.replace("  rounds: 2\n", "  rounds: 2\n  mode: {vary: real, strength: 1}\n");
    try (FakeChat chat = new FakeChat(Trouble.HALF_LIMITED)) {
      Result run = run("back", chat.url(), spec, 2);
      assertThat(run.exitCode()).as(run.text()).isEqualTo(ExitCode.DONE);
      List<DatasetRow> rows = rows("back");
      long made = 0;
      for (DatasetRow row : rows) {
        if (row.provenance().synthetic()) {
          made++;
          String id = row.provenance().sourceIds().get(0);
          DatasetRow source =
              rows.stream()
                  .filter(other -> other.provenance().sampleId().equals(id))
                  .findFirst()
                  .orElseThrow();
          assertThat(row.values()[0]).isEqualTo("please " + source.values()[0]);
          assertThat(row.values()[1]).isEqualTo(source.values()[1]);
        }
      }
      assertThat(made).isPositive();
    }
    Result without = run("alone", "http://localhost", alone, 1);
    assertThat(without.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(without.errors())
        .contains("back-translation draws nothing by itself; write augment.mode");
  }
}
