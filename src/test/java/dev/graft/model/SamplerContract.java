package dev.graft.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.model.Sampler.Controls;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every family of generators keeps to; the inference batch of the definition must be 8. */
public abstract class SamplerContract extends ModelFamilyContract<Sampler> {
  @Override
  protected String use(Sampler sampler) {
    return Hashing.sha256().hashBytes(sampler.sample(Condition.ofLabel(1), 5, 0, 8, Controls.NONE))
        + " "
        + Hashing.sha256()
            .hashBytes(sampler.sample(Condition.ofLabel(2), 5, 100, 3, Controls.NONE));
  }

  @Test
  void samplesDoNotDependOnTheirBatch() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      int rowSize = schema().rowSize();
      byte[] whole = sampler.sample(Condition.ofLabel(0), 9, 16, 8, Controls.NONE);
      for (int first = 0; first < 8; first += 3) {
        int count = Math.min(3, 8 - first);
        assertThat(sampler.sample(Condition.ofLabel(0), 9, 16 + first, count, Controls.NONE))
            .isEqualTo(Arrays.copyOfRange(whole, first * rowSize, (first + count) * rowSize));
      }
    }
  }

  @Test
  void seedConditionAndIndexEachChangeSamples() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      byte[] sample = sampler.sample(Condition.ofLabel(0), 9, 0, 8, Controls.NONE);
      assertThat(sampler.sample(Condition.ofLabel(0), 10, 0, 8, Controls.NONE))
          .isNotEqualTo(sample);
      assertThat(sampler.sample(Condition.ofLabel(1), 9, 0, 8, Controls.NONE)).isNotEqualTo(sample);
      assertThat(sampler.sample(Condition.ofLabel(0), 9, 8, 8, Controls.NONE)).isNotEqualTo(sample);
    }
  }

  @Test
  protected void samplesLookLikeTheirClass() throws Exception {
    try (Sampler sampler = family().open(stored(fitted(1)))) {
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
    try (Sampler sampler = family().open(stored(fitted(1)))) {
      assertThatThrownBy(() -> sampler.sample(Condition.ofLabel(3), 9, 0, 1, Controls.NONE))
          .isInstanceOf(GraftException.class)
          .hasMessageContaining("classes 0 to 2; class 3");
    }
  }
}
