package dev.graft.evaluate.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.evaluate.MetricInput;
import dev.graft.evaluate.metric.Coverage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MissedRowsTest {
  private static final int[] ONE_CLASS = new int[100];

  @Test
  void areThoseThatCoverageCountsAsNotCovered() throws Exception {
    ExaminedRows test = set(1, ONE_CLASS, row -> row < 40 ? 30 : 0);
    ExaminedRows tune = set(2, ONE_CLASS, row -> row < 40 ? 30 : 0);
    ExaminedRows accepted = set(3, ONE_CLASS, row -> 0);
    MissedRows missed = MissedRows.of(1, test, tune, accepted).get(0);
    double coverage =
        new Coverage()
            .compute(
                new MetricInput(
                    test.featuresOf(0, 100),
                    accepted.featuresOf(0, 100),
                    2,
                    MeasureQuality.NEIGHBOURS));
    assertThat(missed.rows()).isEqualTo(100);
    assertThat(missed.missed()).isEqualTo((int) Math.round(100 * (1 - coverage)));
    assertThat(missed.missed()).isGreaterThanOrEqualTo(40);
    assertThat(missed.missedByReal()).isLessThan(15);
    assertThat(missed.positions())
        .hasSize(MissedRows.MOST)
        .doesNotHaveDuplicates()
        .allMatch(position -> position < 40);
  }

  @Test
  void areAllRowsOfAClassThatIsDropped() {
    int[] labels = IntStream.range(0, 100).map(row -> row % 2).toArray();
    ExaminedRows real = set(1, labels, row -> 0);
    ExaminedRows accepted = set(2, new int[50], row -> 0);
    List<MissedRows> missed = MissedRows.of(2, real, set(3, labels, row -> 0), accepted);
    assertThat(missed.get(0).missed()).isLessThan(15);
    assertThat(missed.get(1).missed()).isEqualTo(50);
    assertThat(missed.get(1).positions()).allMatch(position -> labels[position] == 1);
  }

  @Test
  void areNotLookedForWhereThereAreTooFewRealRows() {
    ExaminedRows few = set(1, new int[5], row -> 0);
    assertThat(MissedRows.of(1, few, set(2, ONE_CLASS, row -> 0), few)).isEmpty();
  }

  private interface Centre {
    double of(int row);
  }

  private static ExaminedRows set(long seed, int[] labels, Centre centre) {
    float[] noise = new float[2 * labels.length];
    CounterRandom.of(seed).gaussian(noise, 0, noise.length);
    double[] points = new double[noise.length];
    for (int i = 0; i < points.length; i++) {
      points[i] = noise[i] + centre.of(i / 2);
    }
    SubsetPlan plan = SubsetPlan.of(labels, 2, labels.length, labels.length, seed, 0);
    return new ExaminedRows(plan, 2, points, new boolean[labels.length], null);
  }
}
