package dev.graft.evaluate.quality;

import dev.graft.data.LabelledRows;
import dev.graft.model.Classifier;
import dev.graft.model.Classifier.Prediction;
import java.util.Arrays;

/**
 * What the examiner says of the chosen rows of one set.
 *
 * @param plan which rows were chosen
 * @param dimension length of a feature vector
 * @param features (plan.rows, dimension)
 * @param agrees per row whether the examiner's best class is the row's label
 * @param rows the rows themselves, in the order of the plan; null where nobody asks for them
 */
public record ExaminedRows(
    SubsetPlan plan, int dimension, double[] features, boolean[] agrees, LabelledRows rows) {
  private static final int ROWS_PER_CALL = 2_048;

  /**
   * @param examiner trained on real data only, unseen by selection
   * @param rows the rows of {@code plan}, in its order
   */
  public static ExaminedRows of(Classifier examiner, SubsetPlan plan, LabelledRows rows) {
    int dimension = examiner.featureSize();
    double[] features = new double[rows.size() * dimension];
    boolean[] agrees = new boolean[rows.size()];
    for (int from = 0; from < rows.size(); from += ROWS_PER_CALL) {
      int count = Math.min(ROWS_PER_CALL, rows.size() - from);
      byte[] values = new byte[count * rows.rowSize()];
      System.arraycopy(rows.values(), from * rows.rowSize(), values, 0, values.length);
      Prediction prediction = examiner.predict(values, count);
      for (int i = 0; i < count * dimension; i++) {
        features[from * dimension + i] = prediction.features()[i];
      }
      for (int i = 0; i < count; i++) {
        agrees[from + i] = prediction.best(i) == rows.labels()[from + i];
      }
    }
    return new ExaminedRows(plan, dimension, features, agrees, rows);
  }

  /** The chosen rows of a class, or of all classes when {@code label} is negative. */
  int[] group(int label) {
    return label < 0 ? plan.overall() : plan.perClass().get(label);
  }

  /** Features of the first {@code count} rows of a group, (count, dimension). */
  double[] featuresOf(int label, int count) {
    int[] group = group(label);
    double[] chosen = new double[count * dimension];
    for (int i = 0; i < count; i++) {
      System.arraycopy(features, group[i] * dimension, chosen, i * dimension, dimension);
    }
    return chosen;
  }

  /** The first {@code count} rows of a group themselves. */
  LabelledRows rowsOf(int label, int count) {
    return rows.select(Arrays.copyOf(group(label), count));
  }

  /** Share of the first {@code count} rows of a group whose label the examiner confirms. */
  double agreement(int label, int count) {
    int[] group = group(label);
    int agreed = 0;
    for (int i = 0; i < count; i++) {
      agreed += agrees[group[i]] ? 1 : 0;
    }
    return (double) agreed / count;
  }
}
