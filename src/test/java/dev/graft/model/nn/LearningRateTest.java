package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LearningRateTest {
  @Test
  void risesThenFallsToZero() {
    LearningRate rate = new LearningRate(0.1, "cosine", 10, 1000);
    assertThat(rate.at(0)).isCloseTo(0.01, within(1e-6));
    assertThat(rate.at(9)).isCloseTo(0.1, within(1e-4));
    assertThat(rate.at(500)).isCloseTo(0.05, within(1e-9));
    assertThat(rate.at(999)).isLessThan(1e-6);
  }

  @Test
  void constantStaysAtThePeak() {
    assertThat(new LearningRate(0.1, "constant", 0, 10).at(9)).isEqualTo(0.1);
  }
}
