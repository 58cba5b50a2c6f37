package dev.graft.evaluate.metric;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Share of the runs of three words of the synthetic texts that no real text of the comparison
 * holds. Stands beside the same of unseen real texts: far below it texts are put together of known
 * pieces, far above it they may be no language.
 */
public final class NewTrigrams extends TextMetric {
  private static final int LENGTH = 3;

  public NewTrigrams() {
    super(
        new MetricInfo(
            "new-trigrams",
            Goal.MAXIMIZE,
            0,
            1,
            "share of word trigrams of synthetic texts that are in no real text",
            "McCoy et al. 2023, How Much Do Language Models Copy From Their Training Data?",
            "How many runs of three words are new against the real texts of the comparison."));
  }

  @Override
  double compute(List<List<String>> synthetic, List<List<String>> real) throws MetricUndefined {
    Set<List<String>> known = new HashSet<>();
    real.forEach(words -> known.addAll(grams(words, LENGTH)));
    long fresh = 0;
    long all = 0;
    for (List<String> words : synthetic) {
      for (List<String> gram : grams(words, LENGTH)) {
        fresh += known.contains(gram) ? 0 : 1;
        all++;
      }
    }
    if (all == 0) {
      throw new MetricUndefined("no text has three words");
    }
    return (double) fresh / all;
  }
}
