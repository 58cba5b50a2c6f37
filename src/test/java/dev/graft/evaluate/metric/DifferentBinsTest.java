package dev.graft.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.evaluate.MetricInput;
import dev.graft.model.compare.Bins;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What Richardson &amp; Weiss report of their test on digits: held-out real rows differ in hardly
 * more bins than chance makes different, and a generator that drops a digit differs in those that
 * held it. Here on ten classes of unequal spread in sixteen dimensions.
 */
class DifferentBinsTest {
  private static final int DIMENSION = 16;
  private static final int CLASSES = 10;
  private static final int ROWS = 2_000;
  private static final int RUNS = 4;

  @Test
  void aDroppedClassMakesItsBinsDifferentAndRealRowsHardlyAny() {
    double[] whole = LongStream.range(0, RUNS).mapToDouble(run -> share(run, CLASSES)).toArray();
    double[] dropped =
        LongStream.range(0, RUNS).mapToDouble(run -> share(run, CLASSES - 1)).toArray();
    assertThat(mean(whole)).isBetween(0.02, 0.09);
    assertThat(Arrays.stream(whole).max().orElseThrow()).isLessThan(0.14);
    assertThat(mean(dropped)).isGreaterThan(mean(whole) + 0.06);
    assertThat(Arrays.stream(dropped).min().orElseThrow()).isGreaterThan(0.09);
  }

  private static double mean(double[] shares) {
    return Arrays.stream(shares).average().orElseThrow();
  }

  @Test
  void testsProportionsAtFivePerCent() {
    // 100 of 1,000 against 128 of 1,000 is 1.97 standard errors apart, against 127 it is 1.90.
    assertThat(share(new int[] {100, 900}, new int[] {128, 872})).isEqualTo(1);
    assertThat(share(new int[] {100, 900}, new int[] {127, 873})).isZero();
    assertThat(share(new int[] {0, 500, 500}, new int[] {0, 510, 490})).isZero();
  }

  private static double share(int[] real, int[] synthetic) {
    return Bins.of(real, synthetic).different();
  }

  private static double share(long run, int classes) {
    try {
      return new DifferentBins()
          .compute(
              new MetricInput(rows(2 * run, CLASSES), rows(2 * run + 1, classes), DIMENSION, 5));
    } catch (dev.graft.evaluate.Metric.MetricUndefined e) {
      throw new AssertionError(e);
    }
  }

  /** Rows of the first {@code classes} of ten normal distributions. */
  private static double[] rows(long seed, int classes) {
    float[] noise = new float[ROWS * DIMENSION];
    CounterRandom.of(seed, 1).gaussian(noise, 0, noise.length);
    CounterRandom classOf = CounterRandom.of(seed, 2);
    double[] rows = new double[noise.length];
    for (int row = 0; row < ROWS; row++) {
      int label = classOf.below(row, classes);
      CounterRandom centre = CounterRandom.of(77, label);
      for (int j = 0; j < DIMENSION; j++) {
        rows[row * DIMENSION + j] =
            6 * centre.uniform(j) + (0.5 + 0.1 * label) * noise[row * DIMENSION + j];
      }
    }
    return rows;
  }
}
