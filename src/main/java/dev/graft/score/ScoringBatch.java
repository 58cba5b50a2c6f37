package dev.graft.score;

import dev.graft.model.Classifier;
import dev.graft.model.Classifier.Prediction;

/**
 * The rows that scorers look at together. The judge is asked once, when the first scorer needs it.
 */
public final class ScoringBatch {
  private final int[] labels;
  private final int rowSize;
  private final byte[] values;
  private final Classifier judge;
  private Prediction prediction;

  /**
   * @param labels requested class per row
   * @param rowSize values per row
   * @param values quantised rows, (rows, rowSize)
   * @param judge asked at most once
   */
  public ScoringBatch(int[] labels, int rowSize, byte[] values, Classifier judge) {
    this.labels = labels;
    this.rowSize = rowSize;
    this.values = values;
    this.judge = judge;
  }

  public int size() {
    return labels.length;
  }

  public int label(int row) {
    return labels[row];
  }

  public int rowSize() {
    return rowSize;
  }

  /** Quantised rows, (rows, rowSize); not to be written to. */
  public byte[] values() {
    return values;
  }

  /** What the judge says of these rows. */
  public Prediction judged() {
    if (prediction == null) {
      prediction = judge.predict(values, labels.length);
    }
    return prediction;
  }
}
