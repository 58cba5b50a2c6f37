package dev.graft.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class EvenPlacesTest {
  @Test
  void samplesOfALeapAreAsFarFromEachOtherAsAnyOthers() {
    byte[] samples = along(9, place -> 250 / (1 + Math.exp(-60 * (place - 0.3))));
    assertThat(samples[0] & 0xff).isZero();
    assertThat(samples[8] & 0xff).isEqualTo(250);
    for (int i = 1; i < 9; i++) {
      assertThat((samples[i] & 0xff) - (samples[i - 1] & 0xff))
          .isCloseTo(250 / 8, within(250 / 16));
    }
  }

  @Test
  void pathThatGoesSteadilyIsSampledSteadily() {
    assertThat(along(5, place -> 200 * place)).containsExactly(0, 50, 100, (byte) 150, (byte) 200);
  }

  @Test
  void pathThatNeverChangesHasSamplesToo() {
    assertThat(along(4, place -> 7)).containsExactly(7, 7, 7, 7);
  }

  @Test
  void pathOfOneSampleIsNone() {
    assertThatThrownBy(() -> along(1, place -> 7)).hasMessageContaining("at least 2");
  }

  /** Samples of a single value. */
  private static byte[] along(int count, DoubleUnaryOperator path) {
    return EvenPlaces.along(
        count,
        places -> {
          byte[] samples = new byte[places.length];
          for (int i = 0; i < places.length; i++) {
            samples[i] = (byte) Math.round(path.applyAsDouble(places[i]));
          }
          return samples;
        },
        List.of(Looks.VALUES));
  }

  /** One look sees the first half of the path alone, the other the second. */
  @Test
  void looksCountAlike() {
    Looks first = (samples, count) -> of(samples, value -> Math.min(value, 100));
    Looks second = (samples, count) -> of(samples, value -> 1000 * Math.max(value, 100));
    byte[] samples = EvenPlaces.along(5, EvenPlacesTest::steady, List.of(first, second));
    assertThat(samples).containsExactly(0, 50, 100, (byte) 150, (byte) 200);
  }

  private static byte[] steady(double[] places) {
    byte[] samples = new byte[places.length];
    for (int i = 0; i < places.length; i++) {
      samples[i] = (byte) Math.round(200 * places[i]);
    }
    return samples;
  }

  private static float[] of(byte[] samples, DoubleUnaryOperator seen) {
    float[] values = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      values[i] = (float) seen.applyAsDouble(samples[i] & 0xff);
    }
    return values;
  }
}
