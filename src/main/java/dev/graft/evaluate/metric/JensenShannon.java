package dev.graft.evaluate.metric;

import java.util.List;
import java.util.TreeMap;

/**
 * The divergence of Jensen and Shannon (Lin 1991, "Divergence Measures Based on the Shannon
 * Entropy") of what two sets hold: H((p + q) / 2) - (H(p) + H(q)) / 2 in bits, 0 for equal shares
 * to 1 for sets that have nothing in common.
 */
final class JensenShannon {
  private static final double LOG2 = Math.log(2);

  private JensenShannon() {}

  /** Of two sets that are not empty. */
  static <T extends Comparable<T>> double bits(List<T> left, List<T> right) {
    TreeMap<T, long[]> counts = new TreeMap<>();
    long[] all = {count(left, 0, counts), count(right, 1, counts)};
    double divergence = 0;
    for (long[] count : counts.values()) {
      double p = (double) count[0] / all[0];
      double q = (double) count[1] / all[1];
      divergence += (weighed(p, (p + q) / 2) + weighed(q, (p + q) / 2)) / 2;
    }
    return Math.min(1, Math.max(0, divergence));
  }

  private static <T> long count(List<T> values, int side, TreeMap<T, long[]> counts) {
    values.forEach(value -> counts.computeIfAbsent(value, key -> new long[2])[side]++);
    return values.size();
  }

  private static double weighed(double share, double middle) {
    return share == 0 ? 0 : share * Math.log(share / middle) / LOG2;
  }
}
