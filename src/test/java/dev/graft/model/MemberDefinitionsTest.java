package dev.graft.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberDefinitionsTest {
  private static final String MEMBER =
      """
      family: classical
      architecture: {operations: [{op: flip}]}
      """;

  @TempDir Path directory;

  @BeforeEach
  void writeMember() throws IOException {
    Files.writeString(directory.resolve("a.yaml"), MEMBER);
  }

  private JsonNode read(String architecture) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("whole.yaml"),
            "family: ensemble\narchitecture: {" + architecture + "}\n");
    return DefinitionReader.read(file).architecture();
  }

  @Test
  void equalMembersGetOtherSeedsAndOthersKeepTheirs() throws IOException {
    JsonNode members =
        read("members: [{define: a.yaml}, {define: a.yaml, set: {training.rows-per-class: 5}},"
                + " {define: a.yaml}, {define: a.yaml, share: 0.5}, {define: a.yaml, seed: 2},"
                + " {define: a.yaml}]")
            .get("members");
    assertThat(members.findValuesAsText("seed")).containsExactly("0", "0", "1", "0", "2", "3");
    assertThat(members.at("/1/definition/training/rows-per-class").asInt()).isEqualTo(5);
  }

  @Test
  void weightsAreFittedUnlessTheyAreGiven() throws IOException {
    String two = "members: [{define: a.yaml}, {define: a.yaml}]";
    assertThat(read(two).at("/weights/fit").asText()).isEqualTo("coverage");
    assertThat(read(two).at("/weights/min-weight").asDouble()).isEqualTo(0.1);
    assertThat(read("weights: given, " + two).at("/weights/fit").asText()).isEqualTo("given");
    assertThat(read("weights: {fit: accuracy}, " + two).at("/weights/min-weight").asDouble())
        .isEqualTo(0.1);
    JsonNode given = read("members: [{define: a.yaml}, {define: a.yaml, weight: 2}]");
    assertThat(given.at("/weights/fit").asText()).isEqualTo("given");
    assertThat(given.get("members").findValuesAsText("weight")).containsExactly("1.0", "2.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {define: a.yaml, load: a@1}        | exactly one of define (a definition file) and load
          {share: 0.5}                       | exactly one of define (a definition file) and load
          {load: a@1}                        | member a@1: there is no model store here
          {load: a@1, share: 0.5}            | member a@1 is loaded and has its own share
          {define: a.yaml, seed: 0}          | a.yaml is there twice; give the second one another seed
          {define: gone.yaml}                | gone.yaml: there is no such file
          {define: whole.yaml}               | whole.yaml is an ensemble itself
          {define: a.yaml, weigth: 2}        | unknown key "weigth"
          """)
  void saysWhatIsWrongWithAMember(String member, String message) {
    assertThatThrownBy(() -> read("members: [{define: a.yaml}, " + member + "]"))
        .isInstanceOfSatisfying(
            GraftException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining(message);
  }

  @Test
  void weightsAreGivenOrFittedButNotBoth() {
    assertThatThrownBy(
            () ->
                read(
                    "weights: {fit: coverage}, members: [{define: a.yaml}, {define: a.yaml, weight: 2}]"))
        .hasMessageContaining("the weights are to be fitted, but a member has a weight");
    assertThatThrownBy(
            () -> read("weights: {fit: beauty}, members: [{define: a.yaml}, {define: a.yaml}]"))
        .hasMessageContaining("coverage");
  }
}
