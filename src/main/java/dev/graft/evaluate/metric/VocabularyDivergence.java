package dev.graft.evaluate.metric;

import java.util.List;

/**
 * Divergence of Jensen and Shannon (Lin 1991) of the words of synthetic and of real texts, in bits:
 * 0 for words in equal shares, 1 for texts that have no word in common. Two samples of one
 * distribution have a divergence too, less the more texts there are: compare at equal numbers.
 */
public final class VocabularyDivergence extends TextMetric {
  public VocabularyDivergence() {
    super(
        new MetricInfo(
            "vocabulary-divergence",
            Goal.MINIMIZE,
            0,
            1,
            "JSD(p, q) = H((p + q) / 2) - (H(p) + H(q)) / 2 of words",
            "Lin 1991, Divergence Measures Based on the Shannon Entropy",
            "How far the shares of words are from those in real texts; 0 is equal."));
  }

  @Override
  double compute(List<List<String>> synthetic, List<List<String>> real) throws MetricUndefined {
    List<String> left = synthetic.stream().flatMap(List::stream).toList();
    List<String> right = real.stream().flatMap(List::stream).toList();
    if (left.isEmpty() || right.isEmpty()) {
      throw new MetricUndefined("a side has no words");
    }
    return JensenShannon.bits(left, right);
  }
}
