package dev.graft.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.Derivation.Variation;
import dev.graft.model.DerivingSamplerContract;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
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

  /**
   * A small network loses much of a picture; with all of that back, hardly anything has changed.
   */
  @Test
  void detailKeepsWhatTheDecoderLoses() throws Exception {
    try (Sampler sampler = open()) {
      LabelledRows sources = sources(0).select(IntStream.range(0, 8).toArray());
      double kept = distance(detailed(sampler, sources, 1), sources.values());
      double half = distance(detailed(sampler, sources, 0.5), sources.values());
      double none = distance(detailed(sampler, sources, 0), sources.values());
      assertThat(List.of(kept, half, none)).isSorted();
      assertThat(kept).isLessThan(none / 3);
      assertThatThrownBy(() -> detailed(sampler, sources, 1.5))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("control detail is 1.5; allowed: 0");
    }
  }

  private static byte[] detailed(Sampler sampler, LabelledRows sources, double detail) {
    return deriving(sampler)
        .derive(
            Condition.ofLabel(0),
            new Variation(sources, 0.01),
            1,
            LongStream.range(0, sources.size()).toArray(),
            new Controls(Map.of("detail", detail)));
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
