package dev.graft.score;

import dev.graft.data.parquet.Column;
import dev.graft.model.Classifier.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * The judge's probabilities of all classes as labels of synthetic rows ("Generate, Annotate, and
 * Learn", He et al. 2022; soft targets: Hinton et al. 2015). They are stored in whole multiples of
 * 10<sup>-{@value Scorer#DECIMALS}</sup>, so that last bits of the arithmetic are not told, and
 * those of a row sum to one: what rounding leaves goes to the most probable class.
 */
public final class SoftLabels {
  /** To be raised when the same judgement gives other labels. */
  public static final int VERSION = 1;

  /** Where they are stored and published: one per class, in class order. */
  public static final Column COLUMN = new Column.Floats("label_probs");

  private SoftLabels() {}

  /**
   * The rounded probabilities of a judgement, (rows, classes).
   *
   * @throws IllegalStateException when one is NaN
   */
  public static float[] of(Prediction judged) {
    long one = ScoreScale.units(1);
    int classes = judged.classes();
    float[] rounded = new float[judged.count() * classes];
    for (int row = 0; row < judged.count(); row++) {
      int best = judged.best(row);
      long rest = one;
      for (int c = 0; c < classes; c++) {
        float probability = judged.probability(row, c);
        if (Float.isNaN(probability)) {
          throw new IllegalStateException("the judge gave NaN for class " + c + " of row " + row);
        }
        if (c != best) {
          long units = ScoreScale.units(probability);
          rest -= units;
          rounded[row * classes + c] = (float) ((double) units / one);
        }
      }
      rounded[row * classes + best] = (float) ((double) rest / one);
    }
    return rounded;
  }

  /** One row as a value of {@link #COLUMN}. */
  public static List<Double> stored(float[] labels, int row, int classes) {
    List<Double> stored = new ArrayList<>(classes);
    for (int c = 0; c < classes; c++) {
      stored.add((double) labels[row * classes + c]);
    }
    return stored;
  }

  /** Writes a value of {@link #COLUMN} to {@code out} at {@code offset}. */
  public static void read(List<?> stored, float[] out, int offset) {
    for (int c = 0; c < stored.size(); c++) {
      out[offset + c] = ((Double) stored.get(c)).floatValue();
    }
  }
}
