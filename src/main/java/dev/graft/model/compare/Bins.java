package dev.graft.model.compare;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * How the bins of two sets differ, each by the two-proportion z-test at {@value #LEVEL} (Richardson
 * &amp; Weiss 2018, "On GANs and GMMs", https://arxiv.org/abs/1805.12462): |p_r - p_s| beyond 1.96
 * sqrt(p (1 - p) (1/n + 1/m)), with p the share of both together.
 *
 * @param different share of bins that hold another share of the one set than of the other, in [0,
 *     1]; one in twenty by chance
 * @param missing share of bins that hold a smaller share of the second set
 */
public record Bins(double different, double missing) {
  private static final double LEVEL = 0.05;
  private static final double CRITICAL =
      new NormalDistribution().inverseCumulativeProbability(1 - LEVEL / 2);

  /**
   * Compares counts.
   *
   * @param real rows of each bin
   * @param synthetic rows of each bin
   */
  public static Bins of(int[] real, int[] synthetic) {
    double n = sum(real);
    double m = sum(synthetic);
    int different = 0;
    int missing = 0;
    for (int bin = 0; bin < real.length; bin++) {
      double pooled = (real[bin] + synthetic[bin]) / (n + m);
      double deviation = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
      double difference = real[bin] / n - synthetic[bin] / m;
      if (Math.abs(difference) > CRITICAL * deviation) {
        different++;
        missing += difference > 0 ? 1 : 0;
      }
    }
    return new Bins((double) different / real.length, (double) missing / real.length);
  }

  private static double sum(int[] counts) {
    double sum = 0;
    for (int count : counts) {
      sum += count;
    }
    return sum;
  }
}
