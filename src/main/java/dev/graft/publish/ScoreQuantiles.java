package dev.graft.publish;

import java.util.Arrays;

/**
 * How one score is distributed over the rows that have it.
 *
 * @param count rows that have it
 * @param mean of them
 */
public record ScoreQuantiles(
    long count, double mean, double min, double p05, double p50, double p95, double max) {

  /** Quantiles by nearest rank of at least one value; sorts the array. */
  static ScoreQuantiles of(double[] values) {
    Arrays.sort(values);
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return new ScoreQuantiles(
        values.length,
        sum / values.length,
        values[0],
        rank(values, 0.05),
        rank(values, 0.5),
        rank(values, 0.95),
        values[values.length - 1]);
  }

  private static double rank(double[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, rank - 1)];
  }
}
