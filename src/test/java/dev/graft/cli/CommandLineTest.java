package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
  private static final String SPEC =
      """
      name: shapes
      source: {format: class-folders, path: pictures}
      image: {size: 28}
      model: {define: models/image-vae.yaml}
      augment: {synthetic: {per-class: 10}}
      publish: {to: out/shapes}
      """;

  @TempDir Path folder;

  static Stream<List<String>> commands() {
    return commands(Main.commandLine(Surroundings.ofProcess()), List.of());
  }

  private static Stream<List<String>> commands(CommandLine command, List<String> path) {
    return Stream.concat(
        Stream.of(path),
        command.getSubcommands().entrySet().stream()
            .flatMap(
                sub ->
                    commands(
                        sub.getValue(),
                        Stream.concat(path.stream(), Stream.of(sub.getKey())).toList())));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItselfAndItsOptions(List<String> path) {
    String[] arguments = Stream.concat(path.stream(), Stream.of("--help")).toArray(String[]::new);
    CommandRun help = CommandRun.in(folder, arguments);
    assertThat(help.status()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains(String.join(" ", path)).doesNotContain("null").contains(".");
    assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    assertThat(help.out())
        .as("unexpanded variables")
        .doesNotContain("${DEFAULT")
        .doesNotContain("$$");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          rum x.yaml                              | Did you mean: graft run
          run                                     | Missing required parameter: 'SPEC'
          run x.yaml --fastCopy=true              | Beam options go after --, such as -- --parallelism=8
          run x.yaml --run-dat 2026-11-22         | Possible solutions: --run-date
          run x.yaml --seed seven                 | Invalid value for option '--seed': 'seven' is not a long
          run s.yaml --run-date 2026-13-01        | --run-date 2026-13-01: not a date; write YYYY-MM-DD
          run s.yaml --dir nowhere                | --dir nowhere: there is no such directory
          run s.yaml other.yaml                   | unexpected argument "other.yaml"
          run s.yaml --runner lokal               | no runner profile "lokal"; known: dataflow, direct, flink, local, or a Beam runner such as DirectRunner; did you mean "local"?
          run nowhere.yaml                        | nowhere.yaml: there is no such file
          validate s.yaml --set augment.round=2   | --set augment.round=2: unknown key "round" in augment;
          validate s.yaml --set seed              | --set seed: expected key=value
          models show nothing@1                   | no model "nothing" in the store
          models export nothing --to files        | no model "nothing" in the store
          models export vae                       | Missing required option: '--to=DIR'
          explain nothing --to page.html          | no model "nothing" in the store
          explain vae --samples 0 --to page.html  | --samples is 0; allowed: 1 and more
          explain vae                             | Missing required option: '--to=FILE'
          models export vae --to d --samples 0    | --samples is 0; allowed: 1 and more
          sample-data d --kind sqares             | unknown kind of sample data "sqares"; known: shapes
          sample-data d --per-class 0             | 0 rows per class; from 1 to
          """)
  void aWrongCommandLineIsExitTwoWithAReason(String line, String message) throws IOException {
    Files.writeString(folder.resolve("s.yaml"), SPEC);
    CommandRun run = CommandRun.in(folder, line.split(" +"));
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
    assertThat(run.status()).isEqualTo(2);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aMissingSourceIsExitThree() throws IOException {
    Files.writeString(folder.resolve("s.yaml"), SPEC);
    CommandRun run = CommandRun.in(folder, "run", "s.yaml", "--runner", "direct");
    assertThat(run.err()).startsWith("graft: ").contains("pictures");
    assertThat(run.status()).isEqualTo(3);
  }

  @Test
  void validateTellsEveryMistakeOnALineOfItsOwn() throws IOException {
    Files.writeString(
        folder.resolve("s.yaml"), SPEC.replace("size", "sise").replace("per-class", "perclass"));
    CommandRun run = CommandRun.in(folder, "validate", "s.yaml");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().lines().map(line -> line.replaceAll(": .*", "")).distinct())
        .hasSizeGreaterThan(0);
    assertThat(run.err())
        .contains("s.yaml:3: unknown key \"sise\" in image")
        .contains("s.yaml:5: unknown key \"perclass\" in augment.synthetic");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          size: 28      | size: 30                | s.yaml:4: models/image-vae.yaml: images of 30 x 30 do not suit an encoder with 2 halvings
          image-vae     | image-vae-64            | s.yaml:4: models/image-vae-64.yaml: images of 28 x 28 do not suit an encoder with 3 halvings
          vae.yaml      | 'vae.yaml, set: {architecture: {decoder: {channels: [8]}}}' | s.yaml:4: models/image-vae.yaml: architecture.decoder.channels has 1 entries
          vae.yaml      | 'vae.yaml, set: {training: {keep: last, patience: 2}}' | s.yaml:4: models/image-vae.yaml: training.keep is last, so training.patience must be 0 (it is 2)
          vae.yaml      | 'vae.yaml, set: {compute: {threads: 2}}' | s.yaml:1: models/image-judge.yaml has compute.threads 1 and compute.capability
          vae.yaml      | 'vae.yaml, set: {compute: {capability: default}}' | models/image-learner.yaml has compute.threads 1 and compute.capability avx2, but models/image-vae.yaml has compute.threads 1 and compute.capability default
          pictures      | 'pictures, classes: [a]' | s.yaml:1: models/image-judge.yaml: image-judge: a classifier needs at least 2 classes; the data has 1
          """)
  void validateKnowsWhichModelsSuitTheData(String right, String wrong, String message)
      throws IOException {
    String spec = SPEC.replace(right, wrong);
    assertThat(spec).isNotEqualTo(SPEC);
    Files.writeString(folder.resolve("s.yaml"), spec);
    CommandRun run = CommandRun.in(folder, "validate", "s.yaml");
    assertThat(run.err()).contains(message);
    assertThat(run.status()).isEqualTo(2);
  }

  @Test
  void validatePrintsTheWholeSpecAsJson() throws IOException {
    Files.writeString(folder.resolve("s.yaml"), SPEC);
    CommandRun run =
        CommandRun.in(
            folder, "validate", "s.yaml", "--json", "--seed", "9", "--set", "split.tune=0.3");
    assertThat(run.status()).isZero();
    JsonNode spec = json(run.out());
    assertThat(spec.path("seed").intValue()).isEqualTo(9);
    assertThat(spec.at("/split/tune").doubleValue()).isEqualTo(0.3);
    assertThat(spec.at("/publish/to").textValue()).isEqualTo(folder + "/out/shapes");
    assertThat(spec.at("/models/generator/definition/family").textValue()).isEqualTo("vae");
  }

  @Test
  void aFailureIsJsonTooWhenAskedFor() {
    CommandRun run = CommandRun.in(folder, "validate", "nowhere.yaml", "--json");
    assertThat(run.status()).isEqualTo(2);
    assertThat(json(run.out()).path("event").textValue()).isEqualTo("failed");
    assertThat(json(run.out()).path("exit-code").intValue()).isEqualTo(2);
  }

  @Test
  void relativePathsStartAtDir() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("s.yaml"), SPEC);
    CommandRun run = CommandRun.in(folder, "validate", "s.yaml", "--dir", "elsewhere");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains(elsewhere + "/out/shapes");
  }

  @Test
  void shippedSpecsAreRight() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("pipelines"))) {
      for (Path file : files.toList()) {
        CommandRun run =
            CommandRun.in(folder, Map.of("GRAFT_DATA", "/data"), "validate", file.toString());
        assertThat(run.err()).as(file.toString()).isEmpty();
        assertThat(run.status()).isZero();
      }
    }
  }

  @Test
  void versionNamesWhatItStandsOn() {
    assertThat(CommandRun.in(folder, "version").out())
        .contains("graft    0.")
        .containsPattern("beam +2\\.\\d+")
        .contains(System.getProperty("java.version"));
    assertThat(json(CommandRun.in(folder, "version", "--json").out()).path("djl").textValue())
        .matches("\\d+\\.\\d+\\.\\d+");
  }

  @Test
  void sampleDataIsMadeAndPlanSaysWhatAQuickStartWouldDo() {
    CommandRun before = CommandRun.in(folder, "plan", "pipelines/quickstart.yaml");
    assertThat(before.err()).isEmpty();
    assertThat(before.out()).contains("sample data would be made in " + folder);
    assertThat(CommandRun.in(folder, "status", "pipelines/quickstart.yaml").out())
        .startsWith("never begun: ");
    CommandRun made =
        CommandRun.in(folder, "sample-data", "out/sample-data/shapes", "--per-class", "3");
    assertThat(made.status()).isZero();
    CommandRun after = CommandRun.in(folder, "plan", "pipelines/quickstart.yaml", "--json");
    assertThat(after.err()).isEmpty();
    JsonNode plan = json(after.out());
    assertThat(plan.at("/stages/0/stage").asText()).isEqualToIgnoringCase("ingest");
    assertThat(plan.at("/stages/0/skipped").booleanValue()).isFalse();
    assertThat(plan.path("note").textValue()).contains("once ingest has counted");
    assertThat(CommandRun.in(folder, "status", "pipelines/quickstart.yaml").out())
        .contains("nothing is published");
    assertThat(CommandRun.in(folder, "prune", "pipelines/quickstart.yaml").out())
        .contains("0 places would go");
    assertThat(folder.resolve("out/quickstart")).doesNotExist();
  }

  @Test
  void withoutACommandItExplainsItselfAndIsExitTwo() {
    CommandRun run = CommandRun.in(folder);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("graft run pipelines/quickstart.yaml");
    assertThat(Main.helpAsOption("help", "models", "list"))
        .containsExactly("models", "list", "--help");
    assertThat(Main.helpAsOption("help")).containsExactly("--help");
    assertThat(Main.helpAsOption("run", "help")).containsExactly("run", "help");
  }

  @Test
  void causesOfAnUnexpectedFailureAreOneLine() {
    assertThat(Failures.causes(new IllegalStateException("a\nb", new IOException("c"))))
        .isEqualTo("IllegalStateException: a; caused by IOException: c");
  }

  @Test
  void anEmptyStoreIsNoFailure() {
    CommandRun run = CommandRun.in(folder, "models", "list");
    assertThat(run.out()).contains("is empty");
    assertThat(run.status()).isZero();
    assertThat(json(CommandRun.in(folder, "models", "list", "--json").out())).isEmpty();
  }

  private static JsonNode json(String text) {
    return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
