package dev.graft.evaluate;

import dev.graft.evaluate.Metric.MetricUndefined;
import java.util.Optional;

/**
 * Two sets of feature vectors.
 *
 * @param real (n, d), row after row
 * @param synthetic (m, d)
 * @param dimension d
 * @param k neighbours of the manifold metrics
 * @param stored the synthetic rows themselves; empty where rows have no similarity
 */
public record MetricInput(
    double[] real, double[] synthetic, int dimension, int k, Optional<StoredRows> stored) {
  /** Features alone. */
  public MetricInput(double[] real, double[] synthetic, int dimension, int k) {
    this(real, synthetic, dimension, k, Optional.empty());
  }

  public int realRows() {
    return real.length / dimension;
  }

  public int syntheticRows() {
    return synthetic.length / dimension;
  }

  /** Fails unless both sides have at least {@code rows} rows. */
  public MetricInput atLeast(int rows) throws MetricUndefined {
    if (realRows() < rows || syntheticRows() < rows) {
      throw new MetricUndefined(
          "needs at least " + rows + " rows a side; has " + realRows() + " and " + syntheticRows());
    }
    return this;
  }
}
