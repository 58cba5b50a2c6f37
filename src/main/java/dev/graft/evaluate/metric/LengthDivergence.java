package dev.graft.evaluate.metric;

import java.util.List;

/**
 * Jensen-Shannon divergence (Lin 1991) of the numbers of words of synthetic and of real texts, in
 * bits: 0 for equal distributions, 1 for lengths that never meet.
 */
public final class LengthDivergence extends TextMetric {
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
    return JensenShannon.bits(
        synthetic.stream().map(List::size).toList(), real.stream().map(List::size).toList());
  }
}
