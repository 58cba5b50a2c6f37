package dev.graft.spec.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaValidatedYamlTest {
  private static final String SCHEMA = "schema/test/model.json";

  @TempDir Path folder;

  private List<String> problems(String yaml, String... overrides) throws IOException {
    Problems problems = new Problems();
    try {
      read(yaml, problems, overrides);
    } catch (dev.graft.data.GraftException e) {
      return e.getMessage().lines().map(this::shortened).toList();
    }
    return problems.messages().stream().map(this::shortened).toList();
  }

  private JsonNode tree(String yaml, String... overrides) throws IOException {
    Problems problems = new Problems();
    JsonNode tree = read(yaml, problems, overrides).tree();
    assertThat(problems.messages()).isEmpty();
    return tree;
  }

  private Document read(String yaml, Problems problems, String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("m.yaml"), yaml);
    return SchemaValidatedYaml.read(
        file,
        file.toString(),
        SchemaResource.of(SCHEMA),
        List.of(overrides),
        Map.of("SIZE", "64", "EMPTY", "", "X", "a: b"),
        problems);
  }

  private String shortened(String message) {
    return message.replace(folder + "/", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name: a\\narchitecture:\\n  latnet: 3             | m.yaml:3: unknown key "latnet" in architecture; allowed: latent, channels, activation; did you mean "latent"?
          nmae: a                                           | m.yaml:1: missing key "name"
          name: 3                                           | m.yaml:1: name is 3: expected text, found a whole number
          name: ''                                          | m.yaml:1: name is "": must not be empty
          name: a\\narchitecture: {latent: 0}               | m.yaml:2: architecture.latent is 0: must be at least 1
          name: a\\narchitecture: {latent: 1.5}             | m.yaml:2: architecture.latent is 1.5: expected a whole number, found a number
          name: a\\narchitecture: {activation: rellu}       | m.yaml:2: architecture.activation is "rellu": allowed: relu, silu; did you mean "relu"?
          name: a\\narchitecture: {channels: []}            | m.yaml:2: architecture.channels: must have at least 1 item
          name: a\\nselect:\\n  - {scorer: x}\\n  - {k: 2}  | m.yaml:4: missing key "scorer" in select[1]
          name: a\\nrange: {min: p05}                       | m.yaml:2: range.min is "p05": expected a number or tune.p05
          name: a\\nrange: {mn: 1}                          | m.yaml:2: unknown key "mn" in range; allowed: min, max; did you mean "min"?
          name: a\\none: {a: 1, b: 2}                       | m.yaml:2: one: must have exactly one of a, b
          name: a\\nname: b                                 | m.yaml:2: duplicate key "name"; it is already set in line 1
          name: a\\narchitecture: [1                        | m.yaml:2: not valid YAML: expected ',' or ']', but got <stream end> while parsing a flow sequence
          name: a\\nrange: {min: ${SIZE}}                   | m.yaml:2: not valid YAML: expected ',' or '}', but got { while parsing a flow mapping; put quotes around values with ${...} inside braces
          name: ${NO_SUCH}                                  | m.yaml:1: the environment variable NO_SUCH is not set; set it, or write ${NO_SUCH:-default}
          name: a\\n- b                                     | m.yaml:2: not valid YAML: expected <block end>, but found '-' while parsing a block mapping
          - a                                               | m.yaml:1: the file must be a mapping (key: value)
          # nothing                                         | m.yaml:1: the file is empty
          """)
  void namesEveryMistake(String yaml, String message) throws IOException {
    assertThat(problems(yaml.replace("\\n", "\n"))).contains(message);
  }

  @Test
  void tellsAllProblemsInTheOrderOfTheirLines() throws IOException {
    assertThat(problems("architecture:\n  latnet: 3\n  latent: x\nname: 7\nfoo: 1\n"))
        .extracting(message -> message.substring(0, message.indexOf(' ')))
        .containsExactly("m.yaml:2:", "m.yaml:3:", "m.yaml:4:", "m.yaml:5:");
  }

  @Test
  void expandsVariablesAndThenDecidesTheType() throws IOException {
    JsonNode tree =
        tree(
            "name: \"${SIZE}\"\narchitecture: {latent: \"${SIZE}\"}\n"
                .replace("\"${SIZE}\"}", "7}"));
    assertThat(tree.path("name").textValue()).isEqualTo("64");
    assertThat(tree("name: a\narchitecture:\n  latent: ${SIZE}\n").at("/architecture/latent"))
        .isEqualTo(Json.tree(64));
    assertThat(tree("name: x-${EMPTY:-${NONE:-deep}}-$${Y}-${run-date}").path("name").textValue())
        .isEqualTo("x-deep-${Y}-${run-date}");
    assertThat(tree("name: ${X}").path("name").textValue()).isEqualTo("a: b");
  }

  @Test
  void keepsWordsThatOlderYamlTookForBooleansAndTimes() throws IOException {
    for (String word : List.of("no", "on", "yes", "12:30", "2026-11-22", "007", "1_000")) {
      assertThat(tree("name: " + word).path("name").textValue()).isEqualTo(word);
    }
  }

  @Test
  void fillsInDefaultsOfSectionsAndListItems() throws IOException {
    JsonNode tree = tree("name: a\nselect: [{scorer: x}]");
    assertThat(tree.at("/architecture/latent").intValue()).isEqualTo(32);
    assertThat(tree.at("/architecture/activation").textValue()).isEqualTo("silu");
    assertThat(tree.at("/select/0/k").intValue()).isEqualTo(3);
    assertThat(tree.has("range")).isFalse();
  }

  @Test
  void overridesReplaceValuesAndMakeSections() throws IOException {
    JsonNode tree =
        tree(
            "name: a\nselect: [{scorer: x}]\n",
            "architecture.latent=8",
            "architecture.channels=[1, 2]",
            "select[0].scorer=y",
            "name=${SIZE}x");
    assertThat(tree.at("/architecture/latent").intValue()).isEqualTo(8);
    assertThat(tree.at("/architecture/channels/1").intValue()).isEqualTo(2);
    assertThat(tree.at("/select/0/scorer").textValue()).isEqualTo("y");
    assertThat(tree.path("name").textValue()).isEqualTo("64x");
  }

  @Test
  void problemsOfOverridesNameTheArgument() throws IOException {
    assertThat(problems("name: a", "architecture.latnet=3"))
        .containsExactly(
            "--set architecture.latnet=3: unknown key \"latnet\" in architecture; allowed: latent,"
                + " channels, activation; did you mean \"latent\"?");
    assertThat(problems("name: a\nselect: [{scorer: x}]", "select[1].k=3"))
        .containsExactly(
            "--set select[1].k=3: select is a list of 1; write an index from 0 to 0 instead of"
                + " \"1\"");
    assertThat(problems("name: a", "name")).hasSize(1).first().asString().contains("key=value");
    assertThat(problems("name: a", "name=[")).first().asString().contains("--set name=[:");
  }

  @Test
  void anAliasThatContainsItselfIsAProblemNotACrash() throws IOException {
    assertThat(problems("name: a\nselect: &x [*x]")).first().asString().contains("not valid YAML");
    StringBuilder laughs = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 6; i++) {
      laughs.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "]\n");
    }
    assertThat(problems(laughs.toString())).first().asString().contains("an alias that repeats?");
  }

  @Test
  void aFileThatIsNotThereOrNotTextIsAUsageError() throws IOException {
    Path binary = Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    for (Path file : List.of(binary, folder, folder.resolve("none.yaml"))) {
      org.assertj.core.api.Assertions.assertThatExceptionOfType(dev.graft.data.GraftException.class)
          .isThrownBy(() -> SchemaValidatedYaml.read(file, SCHEMA, List.of()))
          .withMessageStartingWith(file.toString())
          .matches(e -> e.exitCode().code() == 2);
    }
  }
}
