package dev.graft.score;

import dev.graft.modality.text.CanonicalText;
import dev.graft.model.Classifier;
import dev.graft.model.Classifier.Prediction;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The rows that scorers look at together. What several scorers need (the judge's view, the nearest
 * real rows, texts) is found once, when the first of them asks. Used by one thread.
 */
public final class ScoringBatch {
  private final int[] labels;
  private final int rowSize;
  private final byte[] values;
  private final Supplier<Prediction> judge;
  private Prediction prediction;
  private Neighbourhood neighbourhood;
  private float[] nearest;
  private String[] texts;

  private ScoringBatch(int[] labels, int rowSize, byte[] values, Supplier<Prediction> judge) {
    this.labels = labels;
    this.rowSize = rowSize;
    this.values = values;
    this.judge = judge;
  }

  /**
   * @param labels requested class per row
   * @param rowSize values per row
   * @param values quantised rows, (rows, rowSize)
   * @param judge asked at most once
   */
  public ScoringBatch(int[] labels, int rowSize, byte[] values, Classifier judge) {
    this(labels, rowSize, values, () -> judge.predict(values, labels.length));
  }

  /** Rows that the judge has seen before. */
  public static ScoringBatch judged(
      int[] labels, int rowSize, byte[] values, Prediction prediction) {
    return new ScoringBatch(labels, rowSize, values, () -> prediction);
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
      prediction = judge.get();
    }
    return prediction;
  }

  /** What a row says that is a text, with the marks of its spans. */
  String markedText(int row) {
    return CanonicalText.read(values, row * rowSize, rowSize);
  }

  /** What the rows say, of rows that are texts. */
  String[] texts() {
    if (texts == null) {
      texts = new String[labels.length];
      Arrays.setAll(texts, row -> CanonicalText.plain(values, row * rowSize, rowSize));
    }
    return texts;
  }

  /** Distances of every row to its nearest references: see {@link Neighbourhood#distances}. */
  float[] nearest(Neighbourhood references) {
    if (neighbourhood != references) {
      nearest = references.distances(judged(), labels);
      neighbourhood = references;
    }
    return nearest;
  }
}
