package dev.graft.evaluate.metric;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;
import dev.graft.evaluate.StoredRows;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Mean similarity of two synthetic rows of one class, by the modality's {@link
 * dev.graft.modality.RowSimilarity}: for images MS-SSIM on their pixels (Odena, Olah &amp; Shlens
 * 2017, "Conditional Image Synthesis with Auxiliary Classifier GANs",
 * https://arxiv.org/abs/1610.09585). Over all classes the mean of the classes' means.
 *
 * <p>Of each class all pairs, or {@value #MOST_PAIRS} seeded ones where there are more. Real rows
 * play no part: compare with the value that they themselves have. Far above it the rows are too
 * much alike; below it they may be noise. Cost: {@value #MOST_PAIRS} similarities a class.
 */
public final class MsSsim implements Metric {
  static final int MOST_PAIRS = 250;

  private static final long SEED = 0x5351_1A17L;
  private static final MetricInfo INFO =
      new MetricInfo(
          "ms-ssim",
          Goal.MINIMIZE,
          0,
          1,
          "mean over classes of mean over pairs of MS-SSIM(s_i, s_j)",
          "Odena et al. 2017, arXiv:1610.09585; Wang et al. 2003",
          "How alike two rows of one class are; above the value of real rows means less variety.");

  @Override
  public MetricInfo info() {
    return INFO;
  }

  @Override
  public double compute(MetricInput input) throws MetricUndefined {
    input.atLeast(2);
    StoredRows stored =
        input
            .stored()
            .filter(rows -> rows.similarity() != null)
            .orElseThrow(
                () -> new MetricUndefined("the modality defines no similarity of two rows"));
    double[] means =
        Arrays.stream(stored.rows().labels())
            .distinct()
            .sorted()
            .mapToObj(label -> sorted(stored.rows(), label))
            .filter(members -> members.length > 1)
            .mapToDouble(members -> mean(stored, members))
            .toArray();
    if (means.length == 0) {
      throw new MetricUndefined("no class has two rows to compare");
    }
    return Arrays.stream(means).average().getAsDouble();
  }

  /** Positions of the rows of a class by content: the same pairs whatever the rows' order. */
  private static int[] sorted(LabelledRows rows, int label) {
    int size = rows.rowSize();
    Comparator<Integer> byContent =
        (left, right) ->
            Arrays.compareUnsigned(
                rows.values(),
                left * size,
                (left + 1) * size,
                rows.values(),
                right * size,
                (right + 1) * size);
    return IntStream.range(0, rows.size())
        .filter(row -> rows.labels()[row] == label)
        .boxed()
        .sorted(byContent)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static double mean(StoredRows stored, int[] members) {
    byte[] values = stored.rows().values();
    int size = stored.rows().rowSize();
    int[][] pairs = pairs(members.length);
    double[] similarities = new double[pairs.length];
    IntStream.range(0, pairs.length)
        .parallel()
        .forEach(
            i ->
                similarities[i] =
                    stored
                        .similarity()
                        .of(
                            values,
                            members[pairs[i][0]] * size,
                            values,
                            members[pairs[i][1]] * size));
    double sum = 0;
    for (double similarity : similarities) {
      sum += similarity;
    }
    return sum / pairs.length;
  }

  /** Pairs of different positions below {@code count}. */
  static int[][] pairs(int count) {
    if ((long) count * (count - 1) / 2 <= MOST_PAIRS) {
      return IntStream.range(0, count)
          .boxed()
          .flatMap(i -> IntStream.range(0, i).mapToObj(j -> new int[] {j, i}))
          .toArray(int[][]::new);
    }
    CounterRandom random = CounterRandom.of(SEED, count);
    int[][] pairs = new int[MOST_PAIRS][];
    for (int pair = 0; pair < pairs.length; pair++) {
      int one = random.below(2L * pair, count);
      int other = random.below(2L * pair + 1, count - 1);
      pairs[pair] = new int[] {one, other < one ? other : other + 1};
    }
    return pairs;
  }
}
