package dev.graft.model.insight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.CounterRandom;
import org.junit.jupiter.api.Test;

class PrincipalDirectionsTest {
  private static final int POINTS = 4;

  /** Three noise values and four pixels: the third counts three times, the second nothing. */
  private static float[] linear(float[] noise, int[] labels) {
    float[] images = new float[labels.length * 4];
    for (int i = 0; i < labels.length; i++) {
      images[i * 4] = noise[i * 3];
      images[i * 4 + 1] = -3 * noise[i * 3 + 2];
      images[i * 4 + 3] = labels[i];
    }
    return images;
  }

  @Test
  void areThoseThatChangeTheImageMostAndTheirShares() {
    float[] base = new float[POINTS * 3];
    CounterRandom.of(1).gaussian(base, 0, base.length);
    PrincipalDirections found =
        PrincipalDirections.of(PrincipalDirectionsTest::linear, base, new int[] {0, 1, 0, 1}, 3, 2);
    assertThat(found.directions()).hasSize(2);
    assertThat(found.directions().get(0)).containsExactly(new double[] {0, 0, 1}, within(1e-3));
    assertThat(found.directions().get(1)).containsExactly(new double[] {1, 0, 0}, within(1e-3));
    assertThat(found.shares()).containsExactly(new double[] {0.9, 0.1}, within(1e-3));
  }

  @Test
  void leaveOutNoiseThatIsNoLatent() {
    PrincipalDirections found =
        PrincipalDirections.of(
            PrincipalDirectionsTest::linear, new float[POINTS * 3], new int[POINTS], 2, 5);
    assertThat(found.directions()).hasSize(2);
    assertThat(found.directions().get(0)).containsExactly(new double[] {1, 0}, within(1e-3));
    assertThat(found.shares()).containsExactly(new double[] {1, 0}, within(1e-6));
  }
}
