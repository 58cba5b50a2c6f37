package dev.graft.evaluate.metric;

import dev.graft.data.CounterRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Mean BLEU-4 of each synthetic text against all others (self-BLEU, Zhu et al. 2018, "Texygen",
 * https://arxiv.org/abs/1802.01886), of at most {@value #MOST} seeded ones:
 *
 * <pre>
 * BLEU = BP exp(1/4 sum_n log p_n)        p_n = clipped matches of n-grams / n-grams
 * BP   = 1 if c &gt; r, else exp(1 - r/c)   r the length nearest to c among the others
 * </pre>
 *
 * <p>Where no n-gram matches, p_n has 0.1 matches; of a text shorter than n words it is 0.1
 * (smoothing method 1 of Chen &amp; Cherry 2014, as in NLTK); a text whose single words match none
 * has 0. The more texts, the higher: compare with real texts at equal numbers.
 */
public final class SelfBleu extends TextMetric {
  static final int MOST = 500;

  private static final int LONGEST = 4;
  private static final double SMALL = 0.1;
  private static final long SEED = 0x626C6575L;

  public SelfBleu() {
    super(
        new MetricInfo(
            "self-bleu",
            Goal.MINIMIZE,
            0,
            1,
            "mean over texts of BLEU-4(text | the other texts), smoothing method 1",
            "Zhu et al. 2018, arXiv:1802.01886; Papineni et al. 2002",
            "How much of a text stands in others; above the value of real texts means less"
                + " variety."));
  }

  @Override
  double compute(List<List<String>> synthetic, List<List<String>> real) {
    List<List<String>> texts = synthetic;
    if (texts.size() > MOST) {
      List<List<String>> all =
          texts.stream()
              .sorted((a, b) -> String.join(" ", a).compareTo(String.join(" ", b)))
              .toList();
      int[] order = CounterRandom.of(SEED, all.size()).permutation(all.size());
      texts = Arrays.stream(order).limit(MOST).mapToObj(all::get).toList();
    }
    List<Counted> counted = texts.stream().map(Counted::of).toList();
    Most most = Most.of(counted);
    double[] scores =
        IntStream.range(0, counted.size())
            .parallel()
            .mapToDouble(i -> bleu(i, counted, most))
            .toArray();
    return Arrays.stream(scores).sum() / scores.length;
  }

  /**
   * @param length in words
   * @param grams of each length from 1 on, with how often the text has them
   */
  private record Counted(int length, List<Map<List<String>, Integer>> grams) {
    static Counted of(List<String> words) {
      return new Counted(
          words.size(),
          IntStream.rangeClosed(1, LONGEST)
              .mapToObj(
                  length -> {
                    Map<List<String>, Integer> counts = new HashMap<>();
                    TextMetric.grams(words, length)
                        .forEach(gram -> counts.merge(gram, 1, Integer::sum));
                    return counts;
                  })
              .toList());
    }
  }

  /** The two greatest counts of a gram in one text, so that any text can be left out. */
  private record Most(Map<List<String>, int[]> counts) {
    static Most of(List<Counted> texts) {
      Map<List<String>, int[]> counts = new HashMap<>();
      for (Counted text : texts) {
        for (Map<List<String>, Integer> grams : text.grams) {
          grams.forEach(
              (gram, count) -> {
                int[] two = counts.computeIfAbsent(gram, key -> new int[2]);
                if (count > two[0]) {
                  two[1] = two[0];
                  two[0] = count;
                } else if (count > two[1]) {
                  two[1] = count;
                }
              });
        }
      }
      return new Most(counts);
    }

    /** Greatest count in a text other than one that has {@code own}. */
    int elsewhere(List<String> gram, int own) {
      int[] two = counts.get(gram);
      return two[0] == own ? two[1] : two[0];
    }
  }

  private static double bleu(int index, List<Counted> texts, Most most) {
    Counted text = texts.get(index);
    double logs = 0;
    for (int n = 0; n < LONGEST; n++) {
      int matches = 0;
      int all = 0;
      for (Map.Entry<List<String>, Integer> gram : text.grams.get(n).entrySet()) {
        int own = gram.getValue();
        matches += Math.min(own, most.elsewhere(gram.getKey(), own));
        all += own;
      }
      if (n == 0 && matches == 0) {
        return 0;
      }
      logs += Math.log((matches == 0 ? SMALL : matches) / Math.max(1, all)) / LONGEST;
    }
    int nearest = nearestLength(index, texts);
    double brevity =
        text.length > nearest ? 1 : Math.exp(1 - (double) nearest / Math.max(1, text.length));
    return brevity * Math.exp(logs);
  }

  /** The shorter of equally near ones. */
  private static int nearestLength(int index, List<Counted> texts) {
    int own = texts.get(index).length;
    int nearest = Integer.MAX_VALUE;
    for (int i = 0; i < texts.size(); i++) {
      int other = texts.get(i).length;
      int gap = Math.abs(other - own);
      int best = Math.abs(nearest - own);
      if (i != index
          && (nearest == Integer.MAX_VALUE || gap < best || gap == best && other < nearest)) {
        nearest = other;
      }
    }
    return nearest;
  }
}
