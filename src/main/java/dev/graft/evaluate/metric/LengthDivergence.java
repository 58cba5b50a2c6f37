package dev.graft.evaluate.metric;

import java.util.List;
import java.util.TreeMap;

/**
 * Jensen-Shannon divergence (Lin 1991) of the numbers of words of synthetic and of real texts, in
 * bits: 0 for equal distributions, 1 for lengths that never meet.
 */
public final class LengthDivergence extends TextMetric {
  private static final double LOG2 = Math.log(2);

  public LengthDivergence() {
    super(
        new MetricInfo(
            "length-divergence",
            Goal.MINIMIZE,
            0,
            1,
            "JSD(p, q) = H((p + q) / 2) - (H(p) + H(q)) / 2 of numbers of words",
            "Lin 1991, Divergence Measures Based on the Shannon Entropy",
            "How far the lengths of texts are from those of real ones; 0 is equal."));
  }

  @Override
  double compute(List<List<String>> synthetic, List<List<String>> real) {
    TreeMap<Integer, double[]> shares = new TreeMap<>();
    count(synthetic, 0, shares);
    count(real, 1, shares);
    double divergence = 0;
    for (double[] share : shares.values()) {
      double middle = (share[0] + share[1]) / 2;
      divergence += (weighed(share[0], middle) + weighed(share[1], middle)) / 2;
    }
    return Math.min(1, Math.max(0, divergence));
  }

  private static void count(List<List<String>> texts, int side, TreeMap<Integer, double[]> shares) {
    for (List<String> words : texts) {
      shares.computeIfAbsent(words.size(), length -> new double[2])[side] += 1.0 / texts.size();
    }
  }

  private static double weighed(double share, double middle) {
    return share == 0 ? 0 : share * Math.log(share / middle) / LOG2;
  }
}
