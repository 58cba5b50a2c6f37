package dev.graft.model.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.DefinitionReader;
import dev.graft.model.ModelDefinition;
import dev.graft.spec.TuneSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SearchSpaceTest {
  private static final String VAE =
      """
      family: vae
      architecture:
        latent: 3
        encoder: {channels: [4, 8], hidden: 16}
        decoder: {channels: [8, 4, 4], hidden: 16}
      training: {steps: 60, eval-every: 20}
      tune:
        training.learning-rate: {from: 0.0001, to: 0.01, scale: log}
        architecture.latent: {of: [2, 3, 4]}
        architecture.encoder.channels: {of: [[4, 8], [8, 8]]}
        training.warm-up: {from: 0, to: 4}
      """;

  @TempDir Path folder;

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("v.yaml"), yaml);
  }

  private List<SortedMap<String, JsonNode>> trials(int count, long seed) throws IOException {
    Path file = file(VAE);
    return SearchSpace.of(DefinitionReader.ranges(file, List.of()))
        .trials(DefinitionReader.read(file), count, seed);
  }

  @Test
  void theFirstTrialHasTheDefinitionsOwnSettings() throws IOException {
    assertThat(SearchSpace.settings(trials(2, 1).get(0)))
        .containsExactly(
            "architecture.encoder.channels=[4,8]",
            "architecture.latent=3",
            "training.learning-rate=0.001",
            "training.warm-up=0");
  }

  @Test
  void drawsAreWithinTheRangesAndKnownByTheirNumber() throws IOException {
    List<SortedMap<String, JsonNode>> many = trials(200, 7);
    assertThat(many.subList(0, 20)).isEqualTo(trials(20, 7));
    assertThat(trials(20, 8)).isNotEqualTo(trials(20, 7));
    assertThat(many).doesNotHaveDuplicates();
    assertThat(many)
        .allSatisfy(
            trial -> {
              assertThat(trial.get("training.learning-rate").doubleValue()).isBetween(0.0001, 0.01);
              assertThat(trial.get("architecture.latent").intValue()).isBetween(2, 4);
              assertThat(trial.get("training.warm-up").isIntegralNumber()).isTrue();
            });
    assertThat(many)
        .extracting(trial -> trial.get("training.warm-up").intValue())
        .contains(0, 1, 2, 3, 4);
    // Half of the draws on a logarithmic scale lie below the geometric mean.
    assertThat(many)
        .filteredOn(trial -> trial.get("training.learning-rate").doubleValue() < 0.001)
        .hasSizeBetween(75, 125);
  }

  @Test
  void aDefinitionIsTheSameWithRanges() throws IOException {
    ModelDefinition with = DefinitionReader.read(file(VAE));
    ModelDefinition without = DefinitionReader.read(file(VAE.substring(0, VAE.indexOf("tune:"))));
    assertThat(with).isEqualTo(without);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "training.learning-rate: {from: 0.0001, to: 2.5} | v.yaml:8: tune.training.learning-rate:"
            + " training.learning-rate is 2.5: must be at most 1",
        "architecture.latent: {of: [2, many]} | v.yaml:8: tune.architecture.latent:"
            + " architecture.latent is \"many\": expected a whole number, found text",
        "architecture.latnt: {of: [2, 3]} | v.yaml:8: tune.architecture.latnt is no key of the"
            + " definition",
        "architecture.encoder: {of: [2, 3]} | v.yaml:8: tune.architecture.encoder is a section",
        "training.steps: {from: 10, to: 20} | v.yaml:8: training.steps is what all trials have in"
            + " common",
        "training.watch.rows: {of: [20, 30]} | v.yaml:8: training.watch.rows is what all trials",
        "training.clip: {from: 0, to: 5, scale: log} | v.yaml:8: tune.training.clip goes from 0.0"
            + " on a logarithmic scale",
        "training.clip: {from: 5, to: 5} | v.yaml:8: tune.training.clip goes from 5.0 to 5.0; from"
            + " must be below to",
        "training.clip: {from: 5} | v.yaml:8: tune.training.clip must have either from and to",
        "training.clip: {of: [1, 2], to: 3} | v.yaml:8: tune.training.clip must have either",
        "training.clip: {form: 5} | v.yaml:8: unknown key \"form\" in tune.training.clip; allowed:"
            + " from, to, scale, of",
      })
  void mistakesAreToldByLine(String range, String message) throws IOException {
    Path file = file(VAE.substring(0, VAE.indexOf("  training.learning-rate:")) + "  " + range);
    assertThatThrownBy(() -> DefinitionReader.ranges(file, List.of()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(message.replace("v.yaml", file.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "training.beta: {of: [1, 2]}     | 2 | 60 | ``           | the range of training.beta changes"
            + " what tune-loss means",
        "training.beta: {of: [1, 2]}     | 2 | 60 | tune-los     | tune.by is \"tune-los\"; the family"
            + " vae has tune-loss, watch-coverage, watch-different-bins",
        "training.beta: {of: [1, 2]}     | 2 | 61 | watch-coverage | tune.steps is 61, more than the 60",
        "training.beta: {of: [1, 2]}     | 3 | 60 | watch-coverage | tune.trials is 3, but the ranges"
            + " in x.yaml hold 2 settings",
        "architecture.latent: {from: 1, to: 99} | 27 | 8 | ``     | which need at least 9 steps"
      })
  void whatCannotBeTriedIsRefused(String range, int trials, long steps, String by, String message)
      throws IOException {
    Path file = file(VAE.substring(0, VAE.indexOf("  training.learning-rate:")) + "  " + range);
    JsonNode ranges = DefinitionReader.ranges(file, List.of());
    ModelDefinition definition = DefinitionReader.read(file);
    assertThatThrownBy(
            () ->
                TunePlan.check(
                    definition,
                    "x.yaml",
                    SearchSpace.of(ranges),
                    new TuneSpec(trials, steps, 3, by, ranges)))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vae", "vae-small", "vae-64", "gan", "wgan-gp", "began", "flow"})
  void rangesOfShippedDefinitionsAreSound(String name) {
    Path file = Path.of("models/image-" + name + ".yaml");
    JsonNode ranges = DefinitionReader.ranges(file, List.of());
    ModelDefinition definition = DefinitionReader.read(file);
    TuneSpec checked =
        TunePlan.check(
            definition,
            file.toString(),
            SearchSpace.of(ranges),
            new TuneSpec(9, 600, 3, "", ranges));
    assertThat(TunePlan.of(definition, checked).halving().rungs()).hasSize(2);
  }

  @Test
  void theFamilysOwnFigureIsTheDefault() throws IOException {
    JsonNode ranges = DefinitionReader.ranges(file(VAE), List.of());
    TuneSpec checked =
        TunePlan.check(
            DefinitionReader.read(file(VAE)),
            "x.yaml",
            SearchSpace.of(ranges),
            new TuneSpec(4, 60, 3, "", ranges));
    assertThat(checked.by()).isEqualTo("tune-loss");
    assertThat(checked.ranges()).isEqualTo(ranges);
    assertThat(Json.canonical(ranges)).contains("\"scale\":\"log\"");
  }
}
