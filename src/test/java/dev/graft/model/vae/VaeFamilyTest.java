package dev.graft.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.model.Checkpoints;
import dev.graft.model.ModelFamily;
import dev.graft.model.ModelFamilyContract;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VaeFamilyTest extends ModelFamilyContract<Sampler> {
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

  @Override
  protected String use(Sampler sampler) {
    return Hashing.sha256().hashBytes(sampler.sample(Condition.ofLabel(1), 5, 0, 8, Controls.NONE))
        + " "
        + Hashing.sha256()
            .hashBytes(sampler.sample(Condition.ofLabel(2), 5, 100, 3, Controls.NONE));
  }

  @Test
  void samplesDoNotDependOnTheirBatch() throws Exception {
    try (Sampler sampler = family().open(stored(fit(1, Checkpoints.none())))) {
      int rowSize = 64;
      byte[] whole = sampler.sample(Condition.ofLabel(0), 9, 16, 8, Controls.NONE);
      for (int first = 0; first < 8; first += 3) {
        int count = Math.min(3, 8 - first);
        assertThat(sampler.sample(Condition.ofLabel(0), 9, 16 + first, count, Controls.NONE))
            .isEqualTo(Arrays.copyOfRange(whole, first * rowSize, (first + count) * rowSize));
      }
    }
  }

  @Test
  void seedConditionAndIndexEachChangeASample() throws Exception {
    try (Sampler sampler = family().open(stored(fit(1, Checkpoints.none())))) {
      byte[] sample = sampler.sample(Condition.ofLabel(0), 9, 0, 1, Controls.NONE);
      assertThat(sampler.sample(Condition.ofLabel(0), 10, 0, 1, Controls.NONE))
          .isNotEqualTo(sample);
      assertThat(sampler.sample(Condition.ofLabel(1), 9, 0, 1, Controls.NONE)).isNotEqualTo(sample);
      assertThat(sampler.sample(Condition.ofLabel(0), 9, 1, 1, Controls.NONE)).isNotEqualTo(sample);
    }
  }

  @Test
  void truncationDrawsSamplesTogether() throws Exception {
    try (Sampler sampler = family().open(stored(fit(1, Checkpoints.none())))) {
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

  @Test
  void samplesLookLikeTheirClass() throws Exception {
    try (Sampler sampler = family().open(stored(fit(1, Checkpoints.none())))) {
      for (int label = 0; label < 2; label++) {
        byte[] drawn = sampler.sample(Condition.ofLabel(label), 3, 0, 8, Controls.NONE);
        double[] bands = new double[3];
        for (int i = 0; i < drawn.length; i++) {
          bands[i % 64 / 8 / 3] += drawn[i] & 0xff;
        }
        assertThat(bands[label]).isGreaterThan(2 * bands[1 - label]);
      }
    }
  }

  @Test
  void refusesAnUnknownClass() throws Exception {
    try (Sampler sampler = family().open(stored(fit(1, Checkpoints.none())))) {
      assertThatThrownBy(() -> sampler.sample(Condition.ofLabel(3), 9, 0, 1, Controls.NONE))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("classes 0 to 2; class 3");
    }
  }
}
