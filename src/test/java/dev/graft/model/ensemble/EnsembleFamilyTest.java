package dev.graft.model.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.model.Checkpoints;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.VaryingSamplerContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnsembleFamilyTest extends VaryingSamplerContract {
  private static final String VAE =
      """
      family: vae
      architecture:
        latent: 3
        encoder: {channels: [4, 8], hidden: 16}
        decoder: {channels: [8, 4, 4], hidden: 16}
        prior: {kind: class-mixture, components: 2}
      training: {steps: 80, batch: 16, learning-rate: 0.01, eval-every: 15, checkpoint-every: 20}
      compute: {batch: 8}
      """;
  private static final String CLASSICAL =
      """
      family: classical
      architecture: {operations: [{op: noise, amount: 0.1}]}
      compute: {batch: 8}
      """;

  private String members =
      """
          - {define: a.yaml, set: {training.steps: 90}}
          - {define: a.yaml, weight: 2, share: 0.7}
      """;

  @BeforeEach
  void writeMembers() throws IOException {
    Files.writeString(directory().resolve("a.yaml"), VAE);
    Files.writeString(directory().resolve("b.yaml"), CLASSICAL);
  }

  @Override
  protected ModelFamily<Sampler> family() {
    return new EnsembleFamily();
  }

  @Override
  protected String definitionYaml() {
    return "family: ensemble\narchitecture:\n  members:\n" + members + "compute: {batch: 8}\n";
  }

  /** Each member does. */
  @Override
  @Test
  protected void trainingLearns() throws IOException {
    FittedModel fitted = fit(1, Checkpoints.none());
    for (String member : new String[] {"member-1.tune-loss", "member-2.tune-loss"}) {
      double[] losses =
          fitted.history().stream()
              .filter(point -> point.values().containsKey(member))
              .mapToDouble(point -> point.values().get(member))
              .toArray();
      assertThat(losses).hasSizeGreaterThan(2);
      assertThat(losses[losses.length - 1]).isLessThan(losses[0]);
    }
    assertThat(fitted.bestStep()).isEqualTo(170);
  }

  @Test
  void everyMemberIsDrawnFromByItsWeight() throws Exception {
    members = "    - {define: a.yaml}\n    - {define: b.yaml, weight: 3}\n";
    FittedModel fitted = fit(1, Checkpoints.none());
    members = "    - {define: a.yaml, weight: 0}\n    - {define: b.yaml}\n";
    FittedModel second = fit(1, Checkpoints.none());
    try (Sampler ensemble = family().open(stored(fitted));
        Sampler alone = family().open(stored(second))) {
      int same = 0;
      int blocks = 200;
      for (int block = 0; block < blocks; block++) {
        long first = (long) block * Mixture.BLOCK;
        byte[] drawn = ensemble.sample(Condition.ofLabel(0), 5, first, 8, Controls.NONE);
        byte[] classical = alone.sample(Condition.ofLabel(0), 5, first, 8, Controls.NONE);
        same += Arrays.equals(drawn, classical) ? 1 : 0;
      }
      assertThat(same).isBetween(125, 175);
    }
  }

  @Test
  void aMissingMemberIsNamed() {
    members = "    - {define: a.yaml}\n    - {define: gone.yaml}\n";
    assertThatThrownBy(() -> fit(1, Checkpoints.none()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("gone.yaml");
  }

  @Test
  void anEnsembleInAnEnsembleIsRefusedEvenWhenItIsItself() {
    members = "    - {define: a.yaml}\n    - {define: tiny.yaml}\n";
    assertThatThrownBy(() -> fit(1, Checkpoints.none()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("tiny.yaml is an ensemble itself");
  }

  @Test
  void aMemberThatIsNoGeneratorIsRefused() throws IOException {
    Files.copy(Path.of("models/image-learner.yaml"), directory().resolve("learner.yaml"));
    members = "    - {define: a.yaml}\n    - {define: learner.yaml}\n";
    assertThatThrownBy(() -> fit(1, Checkpoints.none()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("member learner is of family classifier");
  }
}
