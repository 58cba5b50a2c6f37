package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What the commands around one small run say, in the order in which a user would give them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeRunProof {
  private static final String SPEC =
      """
      name: tiny
      seed: 5
      source:
        format: class-folders
        path: pictures
        sample-data: {per-class: 30, seed: 3}
      image: {size: 16, resize: stretch}
      split: {tune: 0.2, test: 0.2}
      model: {define: vae.yaml}
      judge: {define: judge.yaml}
      examiner: {define: examiner.yaml}
      augment: {synthetic: {per-class: 4}, candidates: {oversample: 2}}
      select: [{scorer: label-agreement, min: 0.001}]
      evaluate: {rows: 50, utility: {learner: examiner.yaml, arms: [real, synthetic]}}
      gates: {defaults: none, shortfall: {max: 1}}
      publish: {to: out}
      """;

  @TempDir static Path folder;

  private static String published;

  private static CommandRun graft(String... arguments) {
    return CommandRun.in(folder, arguments);
  }

  @Test
  @Order(1)
  void previewTrainsWhatIsMissingAndPublishesNothing() throws IOException {
    Files.writeString(folder.resolve("tiny.yaml"), SPEC);
    Files.writeString(
        folder.resolve("vae.yaml"),
        """
        family: vae
        architecture:
          {latent: 4, encoder: {channels: [8, 8], hidden: 16}, decoder: {hidden: 16, channels: [8, 8, 8]}}
        training: {steps: 20, batch: 16, eval-every: 10}
        """);
    for (int width : new int[] {6, 8}) {
      Files.writeString(
          folder.resolve(width == 6 ? "judge.yaml" : "examiner.yaml"),
          """
          family: classifier
          architecture: {convolutions: [{channels: %d, stride: 2}], dense: [8]}
          training: {steps: 20, batch: 16, eval-every: 10}
          """
              .formatted(width));
    }
    CommandRun preview = graft("preview", "tiny.yaml", "-n", "16", "--runner", "direct");
    assertThat(preview.err()).isEmpty();
    assertThat(preview.status()).isZero();
    assertThat(preview.out())
        .contains("making sample data in " + folder.resolve("pictures"))
        .contains("[2/2] train     done in")
        .containsPattern("circle +[0-2]/2 ")
        .contains("label-agreement:min 0.001");
    assertThat(folder.resolve("out/.graft/preview.html"))
        .content()
        .contains("<img")
        .contains("circle")
        .contains("label-agreement 0.");
    assertThat(folder.resolve("out")).isDirectoryNotContaining("glob:**/run=*");
    CommandRun elsewhere =
        CommandRun.in(
            folder.getParent(),
            Map.of("GRAFT_STORE", folder.resolve("store").toString()),
            "preview",
            "tiny.yaml",
            "-n",
            "8",
            "--runner",
            "direct",
            "-o",
            "sheet.html",
            "--dir",
            folder.toString());
    assertThat(elsewhere.err()).isEmpty();
    assertThat(folder.resolve("sheet.html")).exists();
  }

  @Test
  @Order(2)
  void aRunGoesOnFromThereAndTellsItselfAsJsonLines() {
    CommandRun run = graft("run", "tiny.yaml", "--runner", "direct", "--json");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    List<JsonNode> events = run.out().lines().map(WholeRunProof::json).toList();
    assertThat(stages(events, "stage-skipped")).containsExactly("ingest", "train");
    assertThat(stages(events, "stage-finished")).containsExactly("augment", "evaluate", "publish");
    assertThat(stages(events, "stage-counted")).containsExactly("augment", "evaluate", "publish");
    JsonNode last = events.get(events.size() - 1);
    assertThat(last.path("event").textValue()).isEqualTo("done");
    assertThat(last.at("/summaries/augment/accepted").asInt()).isPositive();
    published = last.path("published").textValue();
    assertThat(Path.of(published, "_SUCCESS")).exists();
    JsonNode counted = WorkFolder.json("status", folder, "tiny.yaml").path("stages");
    assertThat(counted.at("/0/counters/read").asLong()).isPositive();
    assertThat(counted.at("/0/counters/read")).isEqualTo(counted.at("/0/counters/written"));
    assertThat(counted.at("/0/counters/bytes-written").asLong()).isPositive();
    assertThat(counted.at("/1/counters/steps").asLong()).isEqualTo(60);
    assertThat(counted.at("/1/counters/models-trained").asLong()).isEqualTo(3);
    assertThat(counted.at("/2/counters/accepted"))
        .isEqualTo(last.at("/summaries/augment/accepted"));
    assertThat(counted.at("/2/counters/generated"))
        .isEqualTo(last.at("/summaries/augment/candidates"));
    assertThat(counted.at("/3/counters/tasks").asLong()).isPositive();
    assertThat(counted.at("/4/counters/written").asLong()).isPositive();
    assertThat(counted.at("/4/counters/bytes-written").asLong()).isPositive();
    assertThat(events)
        .filteredOn(event -> event.path("event").textValue().equals("stage-counted"))
        .allSatisfy(event -> assertThat(event.path("counters")).isNotEmpty());
    assertThat(Path.of(last.path("report").textValue())).exists();
  }

  private static List<String> stages(List<JsonNode> events, String name) {
    return events.stream()
        .filter(event -> event.path("event").textValue().equals(name))
        .map(event -> event.path("stage").textValue())
        .toList();
  }

  @Test
  @Order(3)
  void aSecondRunDoesNothingAndSaysWhatThereIs() {
    CommandRun run = graft("run", "tiny.yaml", "--runner", "direct");
    assertThat(run.status()).isZero();
    assertThat(run.out().lines().filter(line -> line.contains("nothing has changed"))).hasSize(5);
    assertThat(run.out())
        .containsPattern("synthetic +32 rows accepted of 64 candidates")
        .contains("per class  arrow 4, circle 4")
        .containsPattern(
            "accuracy +on real test rows, trained on: synthetic rows alone 0\\.\\d+, real")
        .containsPattern("data +" + published)
        .containsPattern("report +" + published + "/report.html");
  }

  @Test
  @Order(4)
  void planKnowsWhatIsDoneAndCounts() {
    JsonNode plan = json(graft("plan", "tiny.yaml", "--json").out());
    assertThat(plan.findValuesAsText("skipped")).containsOnly("true").hasSize(5);
    JsonNode circle = plan.at("/candidates/1");
    assertThat(circle.path("name").textValue()).isEqualTo("circle");
    assertThat(circle.path("real").intValue()).isBetween(15, 20);
    assertThat(circle.path("wanted").intValue()).isEqualTo(4);
    assertThat(circle.path("first-round").intValue()).isEqualTo(8);
  }

  @Test
  @Order(5)
  void aFailedGateIsExitFourWithTheFigures() {
    CommandRun run =
        graft(
            "run",
            "tiny.yaml",
            "--runner",
            "direct",
            "--set",
            "gates={defaults: none, synthetic-accuracy: {min: 0.999}}");
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("synthetic-accuracy").contains("0.999").doesNotContain("\tat ");
    assertThat(run.out()).contains("FAILED").containsPattern("report +/");
  }

  @Test
  @Order(6)
  void publishedFoldersAreInspectedAndCompared() {
    CommandRun text = graft("inspect", published, "--digest");
    assertThat(text.err()).isEmpty();
    assertThat(text.out()).contains("synthetic/train").contains("circle").contains("digest");
    assertThat(json(graft("inspect", published, "--json").out()).at("/parts").properties())
        .isNotEmpty();
    assertThat(graft("compare", published, published).out())
        .isEqualTo("the same rows and schema\n");
    graft("sample-data", "one", "--kind", "parquet", "--per-class", "2", "--seed", "1");
    graft("sample-data", "two", "--kind", "parquet", "--per-class", "2", "--seed", "2");
    assertThat(graft("compare", "one", "two").out())
        .contains("different")
        .contains("values  image");
    assertThat(graft("inspect", "pictures").status()).isEqualTo(3);
  }

  @Test
  @Order(7)
  void modelsAreListedShownAndLoaded() throws IOException {
    assertThat(graft("models", "list").out()).contains("vae@1").contains("examiner@1");
    CommandRun export = graft("models", "export", "vae", "--to", "exported");
    assertThat(export.err()).isEmpty();
    assertThat(export.out()).isEqualTo("vae@1 is in " + folder.resolve("exported") + "\n");
    assertThat(folder.resolve("exported"))
        .isDirectoryContaining("glob:**model.pt")
        .isDirectoryContaining("glob:**model.safetensors")
        .isDirectoryContaining("glob:**samples.safetensors")
        .isDirectoryContaining("glob:**external.yaml");
    CommandRun explained = graft("explain", "vae", "--to", "vae.html", "--directions", "3");
    assertThat(explained.err()).isEmpty();
    assertThat(explained.out())
        .isEqualTo("vae@1 is explained in " + folder.resolve("vae.html") + "\n");
    assertThat(folder.resolve("vae.html"))
        .content()
        .contains(
            "Direction 3", "data:image/png;base64,", "circle", "Paths between", "at strength 0.1")
        .doesNotContain("NaN");
    CommandRun dataset = graft("explain", published, "--to", "dataset.html", "--samples", "2");
    assertThat(dataset.err()).isEmpty();
    assertThat(dataset.out())
        .isEqualTo(published + " is explained in " + folder.resolve("dataset.html") + "\n");
    assertThat(folder.resolve("dataset.html"))
        .content()
        .contains("<figcaption>", "label-agreement", ">kept<", "id=\"refused\"")
        .contains("in features of the judge")
        .doesNotContain("NaN");
    CommandRun judge = graft("explain", "judge", "--to", "judge.html");
    assertThat(judge.status()).isEqualTo(2);
    assertThat(judge.err()).contains("judge@1 is of family classifier").contains("graft preview");
    CommandRun neither = graft("explain", "./pictures", "--to", "none.html");
    assertThat(neither.status()).isEqualTo(3);
    assertThat(neither.err()).contains("holds no dataset");
    CommandRun refused = graft("models", "export", "judge", "--to", "refused");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("judge is of family classifier").contains("--weights-only");
    assertThat(graft("models", "export", "judge", "--to", "judge", "--weights-only").status())
        .isZero();
    CommandRun show = graft("models", "show", "vae@1");
    assertThat(show.out()).contains("best step").contains("latent").contains("circle");
    assertThat(json(graft("models", "show", "vae", "--json").out()).path("digest").textValue())
        .hasSize(64);
    Files.writeString(
        folder.resolve("loaded.yaml"), SPEC.replace("{define: vae.yaml}", "{load: vae@1}"));
    CommandRun validate = graft("validate", "loaded.yaml", "--json");
    assertThat(json(validate.out()).at("/models/generator/digest").textValue()).hasSize(64);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("models");
    }
  }

  @Test
  @Order(8)
  void statusTellsWhatIsDoneAndWhatAnotherRunWouldFind() {
    CommandRun status = graft("status", "tiny.yaml");
    assertThat(status.err()).isEmpty();
    assertThat(status.out().lines().filter(line -> line.contains("  committed 20"))).hasSize(5);
    assertThat(status.out()).contains("accepted 32, wanted 32").contains("published: " + published);
    assertThat(graft("status", "tiny.yaml", "--set", "select[0].min=0.002").out())
        .containsPattern("augment +[0-9a-f]{16} +never begun\n +ranges: 8 of 8")
        .contains("nothing is published");
  }

  @Test
  @Order(9)
  void pruneTakesWhatARefusedRunLeftAndNothingThatThePresentOneNeeds() {
    assertThat(graft("prune", "tiny.yaml").out()).contains("0 places would go");
    CommandRun prune = graft("prune", "tiny.yaml", "--older-than", "0", "--store", "--delete");
    assertThat(prune.err()).isEmpty();
    assertThat(prune.out())
        .contains("out/.graft/evaluate/")
        .contains("out/.graft/publish/")
        .contains("2 places removed");
    CommandRun run = graft("run", "tiny.yaml", "--runner", "direct");
    assertThat(run.out().lines().filter(line -> line.contains("nothing has changed"))).hasSize(5);
  }

  @Test
  @Order(10)
  void whatIsPublishedCostsNothingWithoutItsStagesAndKeepsItsModelsFromOtherSpecs()
      throws IOException {
    for (String stage : List.of("ingest", "train", "augment", "evaluate", "publish")) {
      Storage.delete(folder.resolve("out/.graft/" + stage).toString());
    }
    JsonNode plan = json(graft("plan", "tiny.yaml", "--json").out());
    assertThat(plan.findValuesAsText("skipped")).containsOnly("true").hasSize(5);
    CommandRun run = graft("run", "tiny.yaml", "--runner", "direct");
    assertThat(run.out().lines().filter(line -> line.contains("nothing has changed"))).hasSize(5);
    assertThat(run.out()).containsPattern("data +" + published);
    assertThat(folder.resolve("out/.graft/ingest")).doesNotExist();
    Files.writeString(folder.resolve("other.yaml"), SPEC.replace("to: out", "to: other"));
    CommandRun prune = graft("prune", "other.yaml", "--older-than", "0", "--store", "--delete");
    assertThat(prune.out()).contains("0 places removed");
    assertThat(graft("models", "list").out()).contains("vae@1");
  }

  @Test
  @Order(11)
  void modelsThatAreRemovedAndTrainedAgainHaveTheirNumbersAgain() {
    String digest = json(graft("models", "show", "vae@1", "--json").out()).at("/digest").asText();
    Storage.delete(published);
    CommandRun prune = graft("prune", "other.yaml", "--older-than", "0", "--store", "--delete");
    assertThat(prune.out()).contains("model vae@1, which").contains("3 places removed");
    assertThat(graft("models", "list").out()).contains("is empty");
    CommandRun run = graft("run", "tiny.yaml", "--runner", "direct");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("[2/5] train     done in");
    assertThat(json(graft("models", "show", "vae@1", "--json").out()).at("/digest").asText())
        .isEqualTo(digest);
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
