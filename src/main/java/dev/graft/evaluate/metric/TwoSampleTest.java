package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;
import dev.graft.model.compare.SortedRows;
import java.util.Arrays;

/**
 * Classifier two-sample test: how well a logistic regression on features tells synthetic rows from
 * real ones it has not seen (Lopez-Paz &amp; Oquab 2017, "Revisiting Classifier Two-Sample Tests",
 * https://arxiv.org/abs/1610.06545). The area under the ROC curve, mean of two folds, and no less
 * than 0.5: the best that synthetic rows can do is not to be told at all.
 *
 * <p>Folds are every other row in sorted order. Features are standardised by the mean and deviation
 * of the rows trained on. See {@link LogisticRegression}.
 */
public final class TwoSampleTest implements Metric {
  private static final MetricInfo INFO =
      new MetricInfo(
          "two-sample-auc",
          Goal.MINIMIZE,
          0.5,
          1,
          "max(0.5, mean over folds of AUC(logistic regression, real against synthetic))",
          "Lopez-Paz & Oquab 2017, arXiv:1610.06545",
          "How well a classifier tells synthetic from real rows; 0.5 is not at all, 1 is always.");

  @Override
  public MetricInfo info() {
    return INFO;
  }

  @Override
  public double compute(MetricInput input) throws MetricUndefined {
    input.atLeast(4);
    Features.requireFinite(input);
    int dimension = input.dimension();
    double[] real = SortedRows.of(input.real(), dimension);
    double[] synthetic = SortedRows.of(input.synthetic(), dimension);
    double sum = 0;
    for (int fold = 0; fold < 2; fold++) {
      LogisticRegression told =
          LogisticRegression.fit(
              half(real, dimension, fold), half(synthetic, dimension, fold), dimension);
      sum +=
          auc(
              told.scores(half(real, dimension, 1 - fold)),
              told.scores(half(synthetic, dimension, 1 - fold)));
    }
    return Math.max(0.5, sum / 2);
  }

  private static double[] half(double[] rows, int dimension, int fold) {
    int count = (rows.length / dimension + 1 - fold) / 2;
    double[] half = new double[count * dimension];
    for (int i = 0; i < count; i++) {
      System.arraycopy(rows, (2 * i + fold) * dimension, half, i * dimension, dimension);
    }
    return half;
  }

  /** Share of pairs in which the synthetic row has the higher score; ties count half. */
  static double auc(double[] real, double[] synthetic) {
    double[] ordered = real.clone();
    Arrays.sort(ordered);
    double above = 0;
    for (double score : synthetic) {
      above += (below(ordered, score, false) + below(ordered, score, true)) / 2.0;
    }
    return above / ((double) real.length * synthetic.length);
  }

  /** How many of {@code ordered} are below {@code score}, or equal to it where that counts. */
  private static int below(double[] ordered, double score, boolean orEqual) {
    int low = 0;
    int high = ordered.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ordered[middle] < score || orEqual && ordered[middle] == score) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
