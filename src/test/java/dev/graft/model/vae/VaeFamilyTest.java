package dev.graft.model.vae;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
import dev.graft.model.DerivingSamplerContract;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VaeFamilyTest extends DerivingSamplerContract {
  @Override
  protected ModelFamily<Sampler> family() {
    return new VaeFamily();
  }

  @Override
  protected String definitionYaml() {
    return """
        family: vae
        architecture:
          latent: 3
          encoder: {channels: [4, 8], hidden: 16}
          decoder: {channels: [8, 4, 4], hidden: 16}
          activation: silu
          prior: {kind: class-mixture, components: 2}
        training:
          steps: 70
          batch: 16
          learning-rate: 0.01
          ema: 0.8
          clip: 100
          beta-warm-up: 20
          eval-every: 15
          checkpoint-every: 20
        compute: {batch: 8}
        """;
  }

  /** Fifty draws bound the likelihood more closely than the one of training. */
  @Test
  void theImportanceWeightedBoundIsTheTighterOne() throws Exception {
    Map<String, Double> figures = fitted(1).figures();
    // The training bound leaves out the constant of the Gaussian.
    double constant = 64 / 2.0 * (Math.log(2 * Math.PI) + 1);
    double single = -(figures.get("tune-loss") + constant);
    assertThat(figures.get("tune-log-likelihood-bound")).isBetween(single - 1, single + 40);
  }

  @Test
  void littleStrengthStaysNearTheSource() throws Exception {
    try (Sampler sampler = open()) {
      byte[] sources = sources(0).values();
      assertThat(distance(vary(sampler, 0, 0.05, 24), sources))
          .isLessThan(distance(vary(sampler, 0, 1, 24), sources));
    }
  }

  @Test
  void truncationDrawsSamplesTogether() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      assertThat(spread(sampler, 0.1)).isLessThan(spread(sampler, 1));
    }
  }

  private static double spread(Sampler sampler, double truncation) {
    byte[] drawn =
        sampler.sample(
            Condition.ofLabel(0), 3, 0, 8, new Controls(Map.of("truncation", truncation)));
    double spread = 0;
    for (int pixel = 0; pixel < 64; pixel++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 8; i++) {
        double value = drawn[i * 64 + pixel] & 0xff;
        sum += value;
        squares += value * value;
      }
      spread += squares / 8 - sum / 8 * sum / 8;
    }
    return spread;
  }
}
