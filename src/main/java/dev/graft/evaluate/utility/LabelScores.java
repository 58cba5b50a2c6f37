package dev.graft.evaluate.utility;

import dev.graft.data.LabelSets;
import dev.graft.evaluate.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How well a classifier of sets of labels tells the single labels: a predicted set is a prediction
 * of each label, F1 = 2 TP / (2 TP + FP + FN).
 *
 * @param microF1 of the counts of all labels together, from 0 to 1
 * @param macroF1 mean F1 of the labels that have TEST rows
 * @param f1 per label, in label order; null for a label without TEST rows
 * @param rows TEST rows per label; a row counts for each of its labels
 */
public record LabelScores(double microF1, double macroF1, List<Double> f1, List<Long> rows) {
  /** Counts of predictions, label by label. */
  static final class Counter {
    private final LabelSets sets;
    private final long[] right;
    private final long[] wrong;
    private final long[] missed;

    Counter(LabelSets sets) {
      this.sets = sets;
      this.right = new long[sets.labels().size()];
      this.wrong = new long[right.length];
      this.missed = new long[right.length];
    }

    /**
     * Takes a row.
     *
     * @param actual class of the row
     * @param predicted class
     */
    void add(int actual, int predicted) {
      List<Long> truth = sets.ofClass(actual);
      List<Long> said = sets.ofClass(predicted);
      for (long label : truth) {
        (said.contains(label) ? right : missed)[(int) label]++;
      }
      for (long label : said) {
        wrong[(int) label] += truth.contains(label) ? 0 : 1;
      }
    }

    /** Null where no row has a label. */
    LabelScores scores() {
      List<Double> perLabel = new ArrayList<>();
      List<Long> rows = new ArrayList<>();
      long allRight = 0;
      long allWrong = 0;
      for (int label = 0; label < right.length; label++) {
        rows.add(right[label] + missed[label]);
        allRight += right[label];
        allWrong += wrong[label] + missed[label];
        perLabel.add(rows.get(label) == 0 ? null : f1(right[label], wrong[label] + missed[label]));
      }
      double[] defined =
          perLabel.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue).toArray();
      return defined.length == 0
          ? null
          : new LabelScores(
              f1(allRight, allWrong), Figure.rounded(Interval.of(defined).mean()), perLabel, rows);
    }

    private static double f1(long right, long wrong) {
      return Figure.rounded(2.0 * right / (2.0 * right + wrong));
    }
  }
}
