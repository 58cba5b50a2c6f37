package dev.graft.model.began;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import dev.graft.model.DefinitionReader;
import dev.graft.model.DerivingSamplerContract;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeganFamilyTest extends DerivingSamplerContract {
  @Override
  protected ModelFamily<Sampler> family() {
    return new BeganFamily();
  }

  @Override
  protected String learnt() {
    return "tune-distance";
  }

  @Override
  protected String definitionYaml() {
    return """
        family: began
        architecture:
          generator: {latent: 8, channels: [16, 8]}
          critic: {channels: [8, 16], code: 8, decoder: [16, 8]}
        training:
          steps: 130
          batch: 16
          learning-rate: 0.004
          ema: 0.9
          lambda: 0.05
          autoencoder-steps: 50
          eval-every: 25
          checkpoint-every: 40
        compute: {batch: 8}
        """;
  }

  @Test
  void balanceAndConvergenceAreInTheHistory() throws Exception {
    List<HistoryPoint> history = fitted(1).history();
    assertThat(history)
        .filteredOn(point -> point.step() > 50)
        .hasSizeGreaterThan(2)
        .allSatisfy(
            point -> assertThat(point.values()).containsKeys("train-k", "train-convergence"));
    assertThat(history.get(history.size() - 1).values().get("train-k")).isBetween(0.0, 1.0);
  }

  @Test
  void generatorUnlikeTheSecondHalfIsRefused() throws Exception {
    Path file = directory().resolve("unlike.yaml");
    Files.writeString(file, definitionYaml().replace("latent: 8", "latent: 7"));
    ModelDefinition unlike = DefinitionReader.read(file);
    assertThatThrownBy(() -> family().check(unlike, schema()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("training.autoencoder-steps is 50")
        .hasMessageContaining("architecture.critic's code");
  }

  @Test
  void aFirstPhaseThatLeavesNoSecondIsRefused() throws Exception {
    Path file = directory().resolve("alone.yaml");
    Files.writeString(file, definitionYaml().replace("steps: 130", "steps: 50"));
    ModelDefinition alone = DefinitionReader.read(file);
    assertThatThrownBy(() -> family().check(alone, schema()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("multiples of training.eval-every (25) below training.steps (50)");
  }
}
