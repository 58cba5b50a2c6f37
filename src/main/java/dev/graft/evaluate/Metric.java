package dev.graft.evaluate;

/**
 * One figure over a whole dataset. Registered in {@link Metrics}; plain arithmetic on features, no
 * Beam.
 */
public interface Metric {
  MetricInfo info();

  /**
   * @return the figure; never NaN
   * @throws MetricUndefined when the sets are too small or degenerate: the report says why
   */
  double compute(MetricInput input) throws MetricUndefined;

  /** Whether larger or smaller is better. */
  enum Goal {
    MAXIMIZE,
    MINIMIZE
  }

  /**
   * What a metric declares of itself.
   *
   * @param name registered name, such as {@code coverage}
   * @param goal direction
   * @param min least possible value
   * @param max greatest possible value
   * @param formula as text
   * @param paper where it comes from
   * @param meaning one sentence for the report
   */
  record MetricInfo(
      String name,
      Goal goal,
      double min,
      double max,
      String formula,
      String paper,
      String meaning) {}

  /** The figure does not exist for this input. */
  final class MetricUndefined extends Exception {
    private static final long serialVersionUID = 1L;

    public MetricUndefined(String why) {
      super(why);
    }
  }
}
