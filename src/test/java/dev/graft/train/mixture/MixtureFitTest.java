package dev.graft.train.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.evaluate.MetricInput;
import dev.graft.evaluate.metric.Coverage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class MixtureFitTest {
  private static final int ROWS = 240;
  private static final Offset<Double> EXACT = Offset.offset(1e-12);

  /** Points of the plane around (mode, 0), the mode of each row in turn. */
  private static double[] cloud(long seed, double spread, double... modes) {
    float[] noise = new float[2 * ROWS];
    CounterRandom.of(seed).gaussian(noise, 0, noise.length);
    double[] points = new double[noise.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = spread * noise[i] + (i % 2 == 0 ? modes[i / 2 % modes.length] : 0);
    }
    return points;
  }

  private static double[] best(double[] real, double least, double[]... drawn) {
    MixtureCoverage coverage = MixtureCoverage.of(real, List.of(drawn), 2);
    return new MixtureSearch(drawn.length, least, ROWS).best(coverage);
  }

  @Test
  void coverageOfAMixtureIsThatOfItsRows() throws Exception {
    double[] real = cloud(1, 1, 0, 9);
    double[] first = cloud(2, 1, 0);
    double[] second = cloud(3, 1, 9);
    MixtureCoverage coverage = MixtureCoverage.of(real, List.of(first, second), 2);
    for (int fromFirst : new int[] {0, 60, 170, 240}) {
      double[] mixed = Arrays.copyOf(first, 2 * ROWS);
      System.arraycopy(second, 0, mixed, 2 * fromFirst, 2 * (ROWS - fromFirst));
      double expected =
          new Coverage().compute(new MetricInput(real, mixed, 2, MixtureCoverage.NEIGHBOURS));
      assertThat(coverage.of(new int[] {fromFirst, ROWS - fromFirst})).isEqualTo(expected, EXACT);
    }
  }

  @Test
  void prefersTheMemberThatCoversWhatTheOtherLacks() {
    double[] real = cloud(1, 1, 0, 9, 18);
    double[] narrow = cloud(2, 1, 0);
    double[] wide = cloud(3, 1, 9, 18);
    double[] weights = best(real, 0.1, narrow, wide);
    assertThat(weights[1]).isGreaterThan(0.55);
    assertThat(weights[0]).isBetween(0.1, 0.45);
    assertThat(weights[0] + weights[1]).isEqualTo(1, EXACT);
    assertThat(best(real, 0.1, wide, narrow)[0]).isEqualTo(weights[1], EXACT);
  }

  @Test
  void aUselessMemberGetsTheLeastWeight() {
    double[] real = cloud(1, 1, 0, 9);
    double[] far = cloud(2, 1, 500);
    assertThat(best(real, 0.1, cloud(3, 1, 0, 9), far)[1]).isBetween(0.1, 0.2);
    assertThat(best(real, 0, cloud(3, 1, 0, 9), far)[1]).isLessThan(0.1);
    double[] three = best(real, 0.1, far, cloud(3, 1, 0), cloud(4, 1, 9));
    assertThat(three[0]).isBetween(0.1, 0.2);
    assertThat(three[1]).isBetween(0.3, 0.6);
  }

  @Test
  void membersThatDoTheSameShareEvenly() {
    double[] real = cloud(1, 1, 0, 9);
    double[] drawn = cloud(2, 1, 0, 9);
    double[] far = cloud(3, 1, 500);
    assertThat(best(real, 0.1, far, far, far))
        .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, EXACT);
    assertThat(best(real, 0.1, far, far)).containsExactly(0.5, 0.5);
    assertThat(best(drawn, 0.5, drawn, far)).containsExactly(0.5, 0.5);
  }

  @Test
  void whatMayBeChanceDecidesLittle() {
    double[] shares =
        IntStream.range(0, 20)
            .mapToDouble(
                seed ->
                    best(
                        cloud(100 + seed, 1, 0, 9),
                        0.1,
                        cloud(200 + seed, 1, 0, 9),
                        cloud(300 + seed, 1, 0, 9))[0])
            .toArray();
    assertThat(Arrays.stream(shares).filter(share -> share == 0.5).count())
        .as("even weights of members that are alike: %s", Arrays.toString(shares))
        .isGreaterThanOrEqualTo(10);
  }

  @Test
  void everyMixtureHasTheSameNumberOfRows() {
    for (double[] weights : new double[][] {{1, 1, 1}, {0.1, 0.9}, {2, 0, 5, 1}, {0.025, 0.975}}) {
      for (int whole : new int[] {1, 7, 2_000}) {
        assertThat(Arrays.stream(MixtureSearch.counts(weights, whole)).sum()).isEqualTo(whole);
      }
    }
    assertThat(MixtureSearch.counts(new double[] {0.3, 0.7}, 10)).containsExactly(3, 7);
  }

  @Test
  void accuracyPrefersTheMemberWhoseClassesAreRight() {
    double[] real = cloud(1, 1, 0, 9);
    int[] labels = new int[ROWS];
    Arrays.setAll(labels, row -> row % 2);
    double[] right = cloud(2, 1, 0, 9);
    double[] wrong = cloud(3, 1, 18, -9);
    MixtureAccuracy accuracy =
        new MixtureAccuracy(new MixturePools(labels, real, List.of(right, wrong), 2));
    assertThat(accuracy.of(new int[] {ROWS, 0})).isGreaterThan(0.99);
    assertThat(accuracy.of(new int[] {0, ROWS})).isLessThan(0.01);
    assertThat(new MixtureSearch(2, 0.1, ROWS).best(accuracy)[0]).isBetween(0.75, 0.9);
  }
}
