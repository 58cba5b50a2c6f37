package dev.graft.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.evaluate.Metric;
import dev.graft.evaluate.Metric.Goal;
import dev.graft.evaluate.Metric.MetricUndefined;
import dev.graft.evaluate.MetricInput;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.StoredRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every registered metric keeps to. A new metric is tested here as soon as it is registered.
 */
class MetricContractTest {
  private static final int DIMENSION = 6;

  static Iterable<Metric> metrics() {
    return Metrics.all();
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void declaresWhatItIs(Metric metric) {
    Metric.MetricInfo info = metric.info();
    assertThat(info.name()).matches("[a-z]+(-[a-z]+)*");
    assertThat(info.min()).isLessThan(info.max());
    assertThat(info.formula()).isNotBlank();
    assertThat(info.paper()).containsPattern("\\d{4}");
    assertThat(info.meaning()).endsWith(".");
    assertThat(Metrics.get(info.name())).isSameAs(metric);
  }

  @Property(tries = 60)
  void staysInItsRange(
      @ForAll long seed,
      @ForAll @IntRange(min = 6, max = 40) int realRows,
      @ForAll @IntRange(min = 6, max = 40) int syntheticRows,
      @ForAll @DoubleRange(min = -3, max = 3) double shift)
      throws MetricUndefined {
    MetricInput input = input(draw(seed, realRows, 0), draw(seed + 1, syntheticRows, shift));
    for (Metric metric : Metrics.all()) {
      assertThat(metric.compute(input))
          .as(metric.info().name())
          .isBetween(metric.info().min(), metric.info().max())
          .isFinite();
    }
  }

  private static final Set<String> COMPARING =
      Set.of("length-divergence", "vocabulary-divergence", "perplexity");

  /** Of one set alone: the other plays no part, or only as a bound. */
  static Stream<Metric> comparisons() {
    return Metrics.all().stream()
        .filter(metric -> !(metric instanceof MsSsim) && !(metric instanceof Repeats))
        .filter(
            metric -> !(metric instanceof TextMetric) || COMPARING.contains(metric.info().name()));
  }

  static Stream<Metric> ofFeatures() {
    return Metrics.all().stream()
        .filter(metric -> !(metric instanceof MsSsim || metric instanceof TextMetric));
  }

  @ParameterizedTest
  @MethodSource("comparisons")
  void equalSetsAreBetterThanFarOnes(Metric metric) throws MetricUndefined {
    double[] rows = draw(3, 50, 0);
    double equal = metric.compute(input(rows, rows.clone()));
    double far = metric.compute(input(rows, draw(4, 50, 50)));
    if (metric.info().goal() == Goal.MINIMIZE) {
      assertThat(equal).isLessThan(far);
    } else {
      assertThat(equal).isGreaterThan(far);
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void doesNotDependOnTheOrderOfRows(Metric metric) throws MetricUndefined {
    double[] real = draw(5, 90, 0);
    double[] synthetic = draw(6, 70, 0.2);
    double straight = metric.compute(input(real, synthetic));
    double shuffled = metric.compute(input(permuted(real, 7), permuted(synthetic, 8)));
    assertThat(shuffled).isCloseTo(straight, within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void doesNotDependOnTheNumberOfThreads(Metric metric) throws Exception {
    double[] real = draw(9, 300, 0);
    double[] synthetic = draw(10, 300, 0.1);
    ForkJoinPool one = new ForkJoinPool(1);
    ForkJoinPool four = new ForkJoinPool(4);
    try {
      double alone = one.submit(() -> metric.compute(input(real, synthetic))).get();
      double together = four.submit(() -> metric.compute(input(real, synthetic))).get();
      assertThat(together).isEqualTo(alone);
    } finally {
      one.shutdown();
      four.shutdown();
    }
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void saysWhyItIsUndefinedOnTinySets(Metric metric) {
    assertThatThrownBy(() -> metric.compute(input(draw(1, 1, 0), draw(2, 50, 0))))
        .isInstanceOf(MetricUndefined.class)
        .hasMessageContaining("has 1 and 50");
    assertThatThrownBy(() -> metric.compute(input(draw(1, 50, 0), new double[0])))
        .isInstanceOf(MetricUndefined.class)
        .hasMessageContaining("has 50 and 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ms-ssim", "repeats", "vendi-score", "self-bleu", "distinct-bigrams"})
  void theSameFewRowsAgainAndAgainAreWorseThanManyDifferentOnes(String name)
      throws MetricUndefined {
    Metric metric = Metrics.get(name);
    double[] real = draw(11, 60, 0);
    double[] few = new double[60 * DIMENSION];
    for (int i = 0; i < few.length; i++) {
      few[i] = real[i % (3 * DIMENSION)];
    }
    double many = metric.compute(input(real, draw(12, 60, 0)));
    double three = metric.compute(input(real, few));
    if (metric.info().goal() == Goal.MINIMIZE) {
      assertThat(three).isGreaterThan(many + 0.1);
    } else {
      assertThat(three).isLessThan(many);
    }
  }

  @Test
  void rowsThatHaveNoSimilarityAreNotCompared() {
    double[] rows = draw(13, 20, 0);
    assertThatThrownBy(() -> new MsSsim().compute(new MetricInput(rows, rows, DIMENSION, 5)))
        .isInstanceOf(MetricUndefined.class)
        .hasMessageContaining("no similarity");
  }

  @ParameterizedTest
  @MethodSource("ofFeatures")
  void refusesFeaturesThatAreNoNumbers(Metric metric) {
    double[] synthetic = draw(2, 20, 0);
    synthetic[3 * DIMENSION] = Double.NaN;
    assertThatThrownBy(() -> metric.compute(input(draw(1, 20, 0), synthetic)))
        .isInstanceOf(MetricUndefined.class)
        .hasMessage("the features of synthetic row 3 hold NaN");
  }

  @Property(tries = 20)
  void distanceIsSymmetricAndRecallIsPrecisionSeenFromTheOtherSide(@ForAll long seed)
      throws MetricUndefined {
    double[] left = draw(seed, 30, 0);
    double[] right = draw(seed + 1, 45, 0.3);
    assertThat(Metrics.get("frechet-distance").compute(input(left, right)))
        .isCloseTo(Metrics.get("frechet-distance").compute(input(right, left)), within(1e-9));
    assertThat(Metrics.get("precision").compute(input(left, right)))
        .isEqualTo(Metrics.get("recall").compute(input(right, left)));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void takesRowsThatAreAllTheSame(Metric metric) throws MetricUndefined {
    double[] constant = new double[20 * DIMENSION];
    assertThat(metric.compute(input(draw(1, 20, 0), constant))).isFinite();
    assertThat(metric.compute(input(constant, constant.clone()))).isFinite();
  }

  private static MetricInput input(double[] real, double[] synthetic) {
    int rows = synthetic.length / DIMENSION;
    byte[] values = new byte[synthetic.length];
    List<SampleId> ids = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (int) (100 * synthetic[i]);
    }
    for (int row = 0; row < rows; row++) {
      ids.add(new SampleId(0, row));
    }
    LabelledRows stored = new LabelledRows(DIMENSION, values, new int[rows], ids);
    return new MetricInput(
        real,
        synthetic,
        DIMENSION,
        5,
        Optional.of(
            new StoredRows(stored, MetricContractTest::nearness, texts(synthetic), texts(real))));
  }

  /** The values of a row as words, so many as the first one says. */
  private static List<String> texts(double[] rows) {
    List<String> texts = new ArrayList<>();
    for (int row = 0; row < rows.length / DIMENSION; row++) {
      StringBuilder text = new StringBuilder("so");
      for (int word = 0; word < 3 + Math.abs((int) (4 * rows[row * DIMENSION])); word++) {
        text.append(" w").append((int) (10 * rows[row * DIMENSION + word % DIMENSION]));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static double nearness(byte[] left, int leftOffset, byte[] right, int rightOffset) {
    double apart = 0;
    for (int i = 0; i < DIMENSION; i++) {
      apart += Math.abs((left[leftOffset + i] & 0xFF) - (right[rightOffset + i] & 0xFF));
    }
    return Math.max(0, 1 - apart / (DIMENSION * 40));
  }

  private static double[] draw(long seed, int rows, double shift) {
    CounterRandom random = CounterRandom.of(seed);
    double[] values = new double[rows * DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(i) + shift;
    }
    return values;
  }

  private static double[] permuted(double[] rows, long seed) {
    int count = rows.length / DIMENSION;
    int[] order = CounterRandom.of(seed).permutation(count);
    double[] result = new double[rows.length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, order[i] * DIMENSION, result, i * DIMENSION, DIMENSION);
    }
    return result;
  }
}
