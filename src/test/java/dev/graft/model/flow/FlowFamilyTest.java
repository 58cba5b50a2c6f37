package dev.graft.model.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.model.DefinitionReader;
import dev.graft.model.DerivingSamplerContract;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.TinyImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlowFamilyTest extends DerivingSamplerContract {
  @Override
  protected ModelFamily<Sampler> family() {
    return new FlowFamily();
  }

  @Override
  protected String definitionYaml() {
    return """
        family: flow
        architecture:
          patch: 2
          channels: [8, 12]
          embedding: 16
          attention: 3
          sampling: {steps: 6}
        training:
          steps: 260
          batch: 16
          parts: 2
          learning-rate: 0.02
          ema: 0.9
          clip: 1
          warm-up: 10
          eval-every: 65
          checkpoint-every: 40
        compute: {batch: 8}
        """;
  }

  /** Partial noising leaves a source that is hardly touched as it is. */
  @Test
  void littleStrengthLeavesTheSource() throws Exception {
    try (Sampler sampler = open()) {
      byte[] sources = sources(0).values();
      assertThat(distance(vary(sampler, 0, 0.01, 24), sources)).isLessThan(4);
      assertThat(distance(vary(sampler, 0, 0.9, 24), sources)).isGreaterThan(12);
    }
  }

  @Test
  void stepsAndGuidanceChangeSamples() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      byte[] plain = draw(sampler, Map.of());
      assertThat(draw(sampler, Map.of("steps", 6.0, "guidance", 1.0))).isEqualTo(plain);
      assertThat(draw(sampler, Map.of("steps", 3.0))).isNotEqualTo(plain);
      assertThat(draw(sampler, Map.of("guidance", 2.0))).isNotEqualTo(plain);
    }
  }

  @Test
  void refusesHalfASolverStep() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      assertThatThrownBy(() -> draw(sampler, Map.of("steps", 2.5)))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("control steps is 2.5")
          .hasMessageContaining("1 to 1000");
    }
  }

  @Test
  void refusesHeadsThatDoNotDivideTheChannels() throws Exception {
    Path file = directory().resolve("heads.yaml");
    Files.writeString(file, definitionYaml().replace("attention: 3", "attention: 5"));
    ModelDefinition definition = DefinitionReader.read(file);
    assertThatThrownBy(() -> family().check(definition, TinyImages.schema(3)))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("architecture.attention is 5")
        .hasMessageContaining("12 channels");
  }

  @Test
  void refusesPartsThatDoNotDivideTheBatch() throws Exception {
    Path file = directory().resolve("parts.yaml");
    Files.writeString(file, definitionYaml().replace("parts: 2", "parts: 3"));
    ModelDefinition definition = DefinitionReader.read(file);
    assertThatThrownBy(() -> family().check(definition, TinyImages.schema(3)))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("training.parts is 3")
        .hasMessageContaining("training.batch, 16");
  }

  private static byte[] draw(Sampler sampler, Map<String, Double> controls) {
    return sampler.sample(Condition.ofLabel(0), 3, 0, 8, new Controls(controls));
  }
}
