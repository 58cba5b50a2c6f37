package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.GraftCommand;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of bad inputs: each gives its documented exit code and a message that names the cause,
 * without a stack trace, and nothing is published.
 */
class BadInputsProof {
  @TempDir Path directory;

  static Stream<BadCase> specs() {
    return BadSpecs.cases();
  }

  static Stream<BadCase> sources() {
    return BadSources.cases();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"specs", "sources"})
  void isRefused(BadCase bad) {
    Scene scene = new Scene(directory);
    bad.arrange().accept(scene);
    GraftCommand.Result result = scene.run();
    assertThat(result.exitCode()).as(bad.name() + ": " + result.text()).isEqualTo(bad.exitCode());
    System.out.println(bad.name() + " -> " + result.exitCode() + ": " + result.errors().strip());
    assertThat(result.errors()).contains(bad.says()).doesNotContain("\tat ");
    assertThat(scene.visible()).isEmpty();
  }

  @Test
  void theTableIsLongAndNamesEachCaseOnce() {
    assertThat(Stream.concat(specs(), sources()).map(BadCase::name))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThanOrEqualTo(30);
  }
}
