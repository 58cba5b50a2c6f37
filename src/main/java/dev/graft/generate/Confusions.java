package dev.graft.generate;

import dev.graft.model.Classifier.Prediction;

/**
 * How much each class has to do with the judge's errors on real TUNE rows. The examiner is not
 * asked: what measures must not steer.
 */
final class Confusions {
  private Confusions() {}

  /**
   * For every class the mean of two rates: its rows that are taken for another class, and the rows
   * of each other class that are taken for it, summed over those. A pair that is often confused so
   * counts for both of its classes.
   *
   * @param labels of TUNE rows
   * @param judged what the judge says of them
   * @return need per class, 0 or more
   */
  static double[] perClass(int[] labels, Prediction judged) {
    int[] rows = new int[judged.classes()];
    for (int label : labels) {
      rows[label]++;
    }
    double[] need = new double[judged.classes()];
    for (int row = 0; row < labels.length; row++) {
      int label = labels[row];
      int said = judged.best(row);
      if (said != label) {
        need[label] += 0.5 / rows[label];
        need[said] += 0.5 / rows[label];
      }
    }
    return need;
  }
}
