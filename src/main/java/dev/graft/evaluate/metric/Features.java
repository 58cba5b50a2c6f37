package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric.MetricUndefined;
import dev.graft.evaluate.MetricInput;

/** What every metric asks of its feature vectors. */
final class Features {
  private Features() {}

  /** Fails on a NaN or an infinity, which would otherwise spread through sums and comparisons. */
  static void requireFinite(MetricInput input) throws MetricUndefined {
    requireFinite("real", input.real(), input.dimension());
    requireFinite("synthetic", input.synthetic(), input.dimension());
  }

  private static void requireFinite(String side, double[] values, int dimension)
      throws MetricUndefined {
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new MetricUndefined(
            "the features of " + side + " row " + i / dimension + " hold " + values[i]);
      }
    }
  }
}
