package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric.MetricUndefined;
import dev.graft.evaluate.MetricInput;

/** What metrics ask of feature vectors. */
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

  /** Inner product of two rows. */
  static double dot(double[] left, int leftRow, double[] right, int rightRow, int dimension) {
    int a = leftRow * dimension;
    int b = rightRow * dimension;
    double even = 0;
    double odd = 0;
    int j = 0;
    for (; j + 1 < dimension; j += 2) {
      even += left[a + j] * right[b + j];
      odd += left[a + j + 1] * right[b + j + 1];
    }
    if (j < dimension) {
      even += left[a + j] * right[b + j];
    }
    return even + odd;
  }
}
