package dev.graft.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.json.Json;
import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;
import dev.graft.evaluate.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Figures of {@code src/test/python/golden_metrics.py}: the packages {@code prdc}, {@code
 * vendi-score}, SciPy and scikit-learn.
 */
class GoldenMetricsTest {
  private static final int DIMENSION = 6;
  private static final double FAR = 50; // its square times the dimension: 15,000

  static List<Named<JsonNode>> cases() throws IOException {
    List<Named<JsonNode>> cases = new ArrayList<>();
    for (JsonNode each : golden("cases")) {
      cases.add(Named.of(each.get("name").asText(), each));
    }
    return cases;
  }

  private static JsonNode golden(String section) throws IOException {
    try (InputStream in = GoldenMetricsTest.class.getResourceAsStream("golden.json")) {
      return Json.read(in.readAllBytes(), JsonNode.class).get(section);
    }
  }

  @Test
  void frontiersOfFixedClustersHaveTheAreaOfTheReference() throws IOException {
    assertThat(golden("frontiers").size()).isEqualTo(5);
    for (JsonNode each : golden("frontiers")) {
      double area =
          DivergenceFrontier.area(
              Json.mapper().convertValue(each.get("real"), int[].class),
              Json.mapper().convertValue(each.get("synthetic"), int[].class));
      assertThat(area).as("%s", each).isCloseTo(each.get("area").asDouble(), within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithTheReferenceImplementations(JsonNode golden) throws Exception {
    double[] real = draw(golden, "real", 1, 0);
    double[] synthetic =
        draw(golden, "synthetic", golden.get("scale").asDouble(), golden.get("shift").asDouble());
    assertThat(real[0]).isEqualTo(golden.get("first-real").asDouble());
    assertThat(synthetic[synthetic.length - 1]).isEqualTo(golden.get("last-synthetic").asDouble());

    MetricInput input =
        new MetricInput(real, synthetic, golden.get("dimension").asInt(), golden.get("k").asInt());
    for (Metric metric : Metrics.all()) {
      if (metric instanceof MsSsim || metric instanceof TextMetric) {
        continue; // of values, not of features: StructuralSimilarityTest, TextMetricsTest
      }
      assertThat(golden.get("expected").has(metric.info().name())).isTrue();
      if (golden.get("expected").get(metric.info().name()).isNull()) {
        continue; // the reference says that it decides by rounding
      }
      double expected = golden.get("expected").get(metric.info().name()).asDouble();
      assertThat(metric.compute(input))
          .as(metric.info().name())
          .isCloseTo(expected, within(1e-6 * Math.max(1, expected)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "frechet-distance, 0, 15000",
    "precision, 1, 0",
    "recall, 1, 0",
    "density, 1, 0",
    "coverage, 1, 0",
    "different-bins, 0, 1",
    "divergence-frontier, 1, 0",
    "two-sample-auc, 0.5, 1",
    "repeats, 0.04, 0.04"
  })
  void knowsEqualAndFarSets(String name, double equal, double far) throws Exception {
    Metric metric = Metrics.get(name);
    double[] rows = uniform(3, 0);
    double same = metric.compute(new MetricInput(rows, rows.clone(), DIMENSION, 5));
    double apart = metric.compute(new MetricInput(rows, uniform(4, FAR), DIMENSION, 5));
    assertThat(same).isCloseTo(equal, within(1e-8));
    assertThat(apart).isCloseTo(far, within(1 + 0.01 * far));
    assertThat(apart).isNotNegative();
  }

  private static double[] uniform(long seed, double shift) {
    CounterRandom random = CounterRandom.of(seed);
    double[] values = new double[50 * DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.uniform(i) + shift;
    }
    return values;
  }

  private static double[] draw(JsonNode golden, String side, double scale, double shift) {
    CounterRandom random = CounterRandom.of(golden.get(side + "-seed").asLong());
    int grid = golden.get("grid").asInt();
    double[] values =
        new double[golden.get(side + "-rows").asInt() * golden.get("dimension").asInt()];
    for (int i = 0; i < values.length; i++) {
      double value = random.uniform(i);
      values[i] = (grid > 0 ? Math.floor(value * grid) : value) * scale + shift;
    }
    return values;
  }
}
