package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A tiny study on generated shapes, in the order in which a user would give the commands. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StudyCommandTest {
  private static final String SPEC =
      """
      name: tiny
      seed: 5
      source: {format: class-folders, path: pictures, test: {path: test}}
      image: {size: 16, resize: stretch}
      split: {tune: 0.2}
      model: {define: vae.yaml}
      judge: {define: judge.yaml}
      augment: {synthetic: {per-class: 4}, candidates: {oversample: 2}}
      select: [{scorer: label-agreement, min: 0.001}]
      evaluate: {utility: {learner: learner.yaml}}
      publish: {to: out}
      study:
        sizes: [10]
        ratios: [1x]
        seeds: 2
        arms: [real, generated]
        choose: {steps: [5, 10]}
      """;

  @TempDir static Path folder;

  private static CommandRun graft(String... arguments) {
    return CommandRun.in(folder, arguments);
  }

  private static CommandRun study(String... more) {
    return graft(
        Stream.concat(Stream.of("study", "tiny.yaml", "--runner", "direct"), Stream.of(more))
            .toArray(String[]::new));
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  private static JsonNode figures() throws IOException {
    return json(Files.readString(folder.resolve("out/study/study.json")));
  }

  @BeforeAll
  static void writeInputs() throws IOException {
    Files.writeString(folder.resolve("tiny.yaml"), SPEC);
    Files.writeString(
        folder.resolve("vae.yaml"),
        """
        family: vae
        architecture:
          {latent: 4, encoder: {channels: [8, 8], hidden: 16}, decoder: {hidden: 16, channels: [8, 8, 8]}}
        training: {steps: 10, batch: 16, eval-every: 10}
        """);
    for (int width : new int[] {6, 8}) {
      Files.writeString(
          folder.resolve(width == 6 ? "judge.yaml" : "learner.yaml"),
          """
          family: classifier
          architecture: {convolutions: [{channels: %d, stride: 2}], dense: [8]}
          training: {steps: 10, batch: 16, eval-every: 10}
          """
              .formatted(width));
    }
    graft("sample-data", "pictures", "--per-class", "14", "--seed", "1");
    graft("sample-data", "test", "--per-class", "6", "--seed", "2");
  }

  @Test
  @Order(1)
  void aDryRunSaysWhatThereIsToDoAndDoesNothing() {
    CommandRun run = study("--dry-run");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("2 subsets to read")
        .contains("2 generators to train (vae, 10 steps each)")
        .contains("2 judges to train (judge, 10 steps each)")
        .contains("2 sets of synthetic rows to draw")
        .contains("4 learner runs (real 2, generated 2), 8 trainings with every choice");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  @Order(2)
  void aStudyWritesItsFiguresAndItsPage() throws IOException {
    CommandRun run = study();
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("[1/2] 10 rows a class, seed 0, 1x: train done in")
        .containsPattern("size 10 +generated at 1x .*real")
        .contains("figures    " + folder.resolve("out/study/study.json"))
        .contains("report     " + folder.resolve("out/study/study.html"));
    JsonNode figures = figures();
    JsonNode size = figures.at("/sizes/0");
    assertThat(size.path("size").asInt()).isEqualTo(10);
    assertThat(size.path("arms")).hasSize(2);
    JsonNode generated = size.at("/arms/1");
    assertThat(generated.path("ratio").asDouble()).isEqualTo(1);
    assertThat(generated.at("/over-real/values").asInt()).isEqualTo(2);
    assertThat(generated.at("/runs/0/real-rows").asInt()).as("two of ten tune").isEqualTo(64);
    assertThat(generated.at("/runs/0/synthetic-rows").asInt()).isBetween(1, 64);
    assertThat(generated.at("/runs/0/tried")).hasSize(2);
    for (int seed = 0; seed < 2; seed++) {
      JsonNode one = generated.at("/runs/" + seed);
      double real = size.at("/arms/0/runs/" + seed + "/test").asDouble();
      assertThat(Math.rint(1e6 * (one.path("test").asDouble() - real)) / 1e6)
          .isEqualTo(one.path("over-real").asDouble());
    }
    assertThat(figures.path("test")).as("one official test set").hasSize(1);
    assertThat(figures.at("/test/0/rows").asInt()).isEqualTo(48);
    assertThat(figures.at("/test/0/reads").asInt()).isEqualTo(4);
    assertThat(Files.readString(folder.resolve("out/study/study.html")))
        .contains("10 rows a class")
        .contains("Gain on test rows over")
        .contains("<svg")
        .doesNotContain("<script");
    assertThat(folder.resolve("store")).as("its models are its own").doesNotExist();
  }

  @Test
  @Order(3)
  void asDrawnRowsStayTheSameWhateverIsAddedOnlyWhatIsNewIsDone() throws IOException {
    JsonNode before = figures().at("/sizes/0/arms");
    CommandRun run = study("--set", "study.seeds=3", "--json");
    assertThat(run.err()).isEmpty();
    List<JsonNode> events = run.out().lines().map(StudyCommandTest::json).toList();
    JsonNode planned = planned(events);
    assertThat(planned.path("kept").asInt()).isEqualTo(4);
    assertThat(planned.path("generators").asInt()).isEqualTo(1);
    assertThat(planned.at("/runs/real").asInt()).isEqualTo(1);
    assertThat(events)
        .filteredOn(event -> event.path("event").asText().equals("study-stage-finished"))
        .extracting(event -> event.path("stage").asText())
        .containsExactly("ingest", "train", "augment", "evaluate");
    JsonNode after = figures().at("/sizes/0/arms");
    for (int arm = 0; arm < 2; arm++) {
      for (int seed = 0; seed < 2; seed++) {
        assertThat(after.at("/" + arm + "/runs/" + seed))
            .isEqualTo(before.at("/" + arm + "/runs/" + seed));
      }
    }
    CommandRun again = study("--set", "study.seeds=3");
    assertThat(again.out()).contains("nothing: all 6 runs are done").doesNotContain("train done");
  }

  @Test
  @Order(4)
  void theFiguresAreTheSameInAnotherPlaceAtAnotherParallelism() throws IOException {
    JsonNode before = figures();
    CommandRun run =
        study("--set", "study.seeds=3", "--set", "publish.to=other", "--", "--targetParallelism=1");
    assertThat(run.status()).isZero();
    assertThat(json(Files.readString(folder.resolve("other/study/study.json")))).isEqualTo(before);
  }

  @Test
  @Order(5)
  void softLabelsDrawAndTrainAnewOnlyWhereThereAreSyntheticRows() throws IOException {
    JsonNode hard = figures().at("/sizes/0/arms");
    CommandRun run = study("--set", "study.seeds=3", "--set", "augment.soft-labels=true", "--json");
    assertThat(run.err()).isEmpty();
    JsonNode planned = planned(run.out().lines().map(StudyCommandTest::json).toList());
    assertThat(planned.path("kept").asInt()).isEqualTo(3);
    assertThat(planned.path("generators").asInt()).isZero();
    assertThat(planned.at("/runs/real").asInt()).isZero();
    assertThat(planned.at("/runs/generated").asInt()).isEqualTo(3);
    JsonNode soft = figures().at("/sizes/0/arms");
    assertThat(soft.get(0)).isEqualTo(hard.get(0));
    assertThat(soft.at("/1/runs/0/synthetic-rows")).isEqualTo(hard.at("/1/runs/0/synthetic-rows"));
  }

  private static JsonNode planned(List<JsonNode> events) {
    return events.stream()
        .filter(event -> event.path("event").asText().equals("study-planned"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Order(6)
  void whatIsWrongIsToldBeforeAnythingStarts() throws IOException {
    Files.writeString(folder.resolve("none.yaml"), SPEC.substring(0, SPEC.indexOf("study:")));
    CommandRun none = graft("study", "none.yaml", "--runner", "direct");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).contains("none.yaml has no section study; add one");
    CommandRun wrong = study("--set", "study.arms=[real]");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("a study holds one of generated and both against");
    Files.writeString(folder.resolve("gone.yaml"), SPEC.replace("pictures", "nowhere"));
    CommandRun gone = graft("study", "gone.yaml", "--runner", "direct");
    assertThat(gone.status()).isEqualTo(3);
  }
}
