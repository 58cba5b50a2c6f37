package dev.graft.evaluate.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.data.json.Json;
import dev.graft.evaluate.Figure;
import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;
import dev.graft.evaluate.Metrics;
import dev.graft.modality.RowSimilarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MeasureQualityTest {
  private static final int DIMENSION = 3;
  private static final List<String> CLASSES = List.of("a", "b");
  private static final Optional<RowSimilarity> NEARNESS =
      Optional.of(
          (left, i, right, j) -> 1 - Math.abs((left[i] & 0xFF) - (right[j] & 0xFF)) / 255.0);

  @Test
  void comparesAllSetsAtTheSizeOfTheSmallest() {
    List<Integer> sizes = new ArrayList<>();
    Metric recorder =
        new Metric() {
          @Override
          public MetricInfo info() {
            return new MetricInfo("recorder", Goal.MAXIMIZE, 0, 1, "", "", "");
          }

          @Override
          public double compute(MetricInput input) {
            sizes.add(input.realRows());
            sizes.add(input.syntheticRows());
            return 1;
          }
        };
    QualityFigures figures =
        new MeasureQuality(
                List.of(recorder),
                Optional.empty(),
                set(200, 1),
                set(120, 2),
                set(90, 3),
                set(60, 4))
            .measure(CLASSES);
    assertThat(figures.overall().rows()).isEqualTo(60);
    assertThat(figures.perClass()).extracting(GroupFigures::rows).containsExactly(30, 30);
    assertThat(sizes.subList(0, 6)).containsOnly(60);
    assertThat(sizes.subList(6, sizes.size())).containsOnly(30).hasSize(12);
  }

  @Test
  void aSetThatIsTooSmallCostsItsOwnFiguresOnly() {
    QualityFigures figures =
        new MeasureQuality(
                Metrics.all(),
                NEARNESS,
                Optional.of((values, offset) -> "a text of " + values[offset]),
                set(200, 1),
                set(120, 2),
                set(90, 3),
                set(7, 4))
            .measure(CLASSES);
    assertThat(figures.overall().rows()).isEqualTo(7);
    GroupFigures first = figures.perClass().get(0);
    assertThat(first.rows()).isEqualTo(45);
    first
        .metrics()
        .forEach(
            (name, comparison) -> {
              assertThat(comparison.before().isDefined()).as(name).isTrue();
              assertThat(comparison.realVsReal().isDefined()).as(name).isTrue();
              assertThat(comparison.after().reason())
                  .isEqualTo("needs at least 6 accepted rows; has 4");
            });
  }

  @Test
  void oneFailingMetricDoesNotCostTheOthers() {
    Metric broken =
        new Metric() {
          @Override
          public MetricInfo info() {
            return new MetricInfo("broken", Goal.MAXIMIZE, 0, 1, "", "", "");
          }

          @Override
          public double compute(MetricInput input) {
            throw new IllegalStateException("out of luck");
          }
        };
    GroupFigures overall =
        new MeasureQuality(
                List.of(broken, Metrics.get("coverage")),
                Optional.empty(),
                set(50, 1),
                set(50, 2),
                set(50, 3),
                set(50, 4))
            .measure(CLASSES)
            .overall();
    Figure broke = overall.metrics().get("broken").after();
    assertThat(broke.reason()).contains("out of luck");
    assertThat(Json.canonical(broke))
        .isEqualTo(
            "{\"reason\":\"failed: java.lang.IllegalStateException: out of luck\",\"value\":null}");
    assertThat(overall.metrics().get("coverage").after().isDefined()).isTrue();
  }

  @Test
  void emptySetsGiveReasonsNotErrors() {
    GroupFigures overall =
        new MeasureQuality(Metrics.all(), NEARNESS, set(0, 1), set(0, 2), set(0, 3), set(0, 4))
            .measure(CLASSES)
            .overall();
    assertThat(overall.rows()).isZero();
    assertThat(overall.metrics().get("coverage").realVsReal().reason())
        .contains("tune rows; has 0");
  }

  @Test
  void subsetsAreSeededNestedAndInRange() {
    int[] labels = IntStream.range(0, 1_000).map(i -> i % 3 == 0 ? 0 : 1).toArray();
    SubsetPlan plan = SubsetPlan.of(labels, 2, 100, 40, 5, 1);
    assertThat(plan.overall()).hasSize(100).doesNotHaveDuplicates();
    assertThat(plan.perClass().get(0)).hasSize(40).doesNotHaveDuplicates();
    assertThat(plan.rows()).isSorted().doesNotHaveDuplicates();
    for (int at : plan.perClass().get(0)) {
      assertThat(labels[plan.rows()[at]]).isZero();
    }
    SubsetPlan larger = SubsetPlan.of(labels, 2, 200, 80, 5, 1);
    assertThat(chosen(larger, larger.overall(), 100)).isEqualTo(chosen(plan, plan.overall(), 100));
    assertThat(chosen(larger, larger.perClass().get(1), 40))
        .isEqualTo(chosen(plan, plan.perClass().get(1), 40));
    SubsetPlan otherSeed = SubsetPlan.of(labels, 2, 100, 40, 6, 1);
    assertThat(otherSeed.rows()).isNotEqualTo(plan.rows());
  }

  private static int[] chosen(SubsetPlan plan, int[] group, int count) {
    return Arrays.stream(group).limit(count).map(at -> plan.rows()[at]).toArray();
  }

  private static ExaminedRows set(int rows, long seed) {
    int[] labels = IntStream.range(0, rows).map(i -> i % 2).toArray();
    CounterRandom random = CounterRandom.of(seed);
    double[] features = new double[rows * DIMENSION];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.uniform(i) + labels[i / DIMENSION];
    }
    boolean[] agrees = new boolean[rows];
    Arrays.fill(agrees, true);
    byte[] values = new byte[rows];
    List<SampleId> ids = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      values[row] = (byte) (255 * random.uniform(features.length + row));
      ids.add(new SampleId(0, row));
    }
    SubsetPlan plan = SubsetPlan.of(labels, 2, 1_000, 500, seed, 0);
    return new ExaminedRows(
        plan,
        DIMENSION,
        features,
        agrees,
        new LabelledRows(1, values, labels, ids).select(plan.rows()));
  }
}
