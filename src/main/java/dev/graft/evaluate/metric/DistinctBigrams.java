package dev.graft.evaluate.metric;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Different pairs of neighbouring words over all pairs of the synthetic texts (distinct-2, Li et
 * al. 2016, "A Diversity-Promoting Objective Function for Neural Conversation Models",
 * https://arxiv.org/abs/1510.03055). Less the more texts there are, so compare at equal numbers.
 */
public final class DistinctBigrams extends TextMetric {
  private static final int LENGTH = 2;

  public DistinctBigrams() {
    super(
        new MetricInfo(
            "distinct-bigrams",
            Goal.MAXIMIZE,
            0,
            1,
            "|set of word bigrams| / number of word bigrams",
            "Li et al. 2016, arXiv:1510.03055",
            "How many of the pairs of words are different ones; low where texts repeat each other."));
  }

  @Override
  double compute(List<List<String>> synthetic, List<List<String>> real) throws MetricUndefined {
    Set<List<String>> different = new HashSet<>();
    long all = 0;
    for (List<String> words : synthetic) {
      List<List<String>> grams = grams(words, LENGTH);
      different.addAll(grams);
      all += grams.size();
    }
    if (all == 0) {
      throw new MetricUndefined("no text has two words");
    }
    return (double) different.size() / all;
  }
}
