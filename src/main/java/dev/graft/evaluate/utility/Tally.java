package dev.graft.evaluate.utility;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelSets;
import dev.graft.data.LabelledRows;
import dev.graft.evaluate.Figure;
import dev.graft.model.Classifier;
import dev.graft.model.Classifier.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * Right predictions of a classifier.
 *
 * @param right per class
 * @param rows per class
 * @param labels the same of single labels, where classes are sets of them; null elsewhere
 */
record Tally(long[] right, long[] rows, LabelScores labels) {
  private static final int ROWS_PER_CALL = 2_048;

  static Tally of(Classifier classifier, LabelledRows rows, DatasetSchema schema) {
    long[] right = new long[schema.classes().size()];
    long[] all = new long[right.length];
    LabelScores.Counter labels = new LabelScores.Counter(LabelSets.of(schema));
    for (int from = 0; from < rows.size(); from += ROWS_PER_CALL) {
      int count = Math.min(ROWS_PER_CALL, rows.size() - from);
      byte[] values = new byte[count * rows.rowSize()];
      System.arraycopy(rows.values(), from * rows.rowSize(), values, 0, values.length);
      Prediction prediction = classifier.predict(values, count);
      for (int i = 0; i < count; i++) {
        int label = rows.labels()[from + i];
        all[label]++;
        right[label] += prediction.best(i) == label ? 1 : 0;
        if (!schema.labels().isEmpty()) {
          labels.add(label, prediction.best(i));
        }
      }
    }
    return new Tally(right, all, labels.scores());
  }

  double accuracy() {
    long allRight = 0;
    long allRows = 0;
    for (int c = 0; c < rows.length; c++) {
      allRight += right[c];
      allRows += rows[c];
    }
    return Figure.rounded((double) allRight / allRows);
  }

  List<Double> recall() {
    List<Double> recall = new ArrayList<>();
    for (int c = 0; c < rows.length; c++) {
      recall.add(rows[c] == 0 ? null : Figure.rounded((double) right[c] / rows[c]));
    }
    return recall;
  }
}
