package dev.graft.score;

import dev.graft.data.parquet.Column;
import dev.graft.model.Classifier.Prediction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The judge's probabilities of all classes as labels of synthetic rows ("Generate, Annotate, and
 * Learn", He et al. 2022; soft targets: Hinton et al. 2015). They are stored in whole multiples of
 * 10<sup>-{@value Scorer#DECIMALS}</sup>, so that last bits of the arithmetic are not told, and
 * those of a row sum to one: largest remainders are rounded up.
 */
public final class SoftLabels {
  private static final long ONE = ScoreScale.units(1);

  /** What is lost by rounding is compared in so many parts of a unit. */
  private static final int FINER = 16;

  /** To be raised when the same judgement gives other labels. */
  public static final int VERSION = 2;

  /** Where they are stored and published: one per class, in class order. */
  public static final Column COLUMN = new Column.Floats("label_probs");

  private SoftLabels() {}

  /**
   * The rounded probabilities of a judgement, (rows, classes).
   *
   * @throws IllegalStateException when one is NaN
   */
  public static float[] of(Prediction judged) {
    int classes = judged.classes();
    float[] rounded = new float[judged.count() * classes];
    for (int row = 0; row < judged.count(); row++) {
      long[] units = units(judged, row);
      for (int c = 0; c < classes; c++) {
        rounded[row * classes + c] = (float) ((double) units[c] / ONE);
      }
    }
    return rounded;
  }

  /** Rounded down, and one more for those that lost most by it, until they sum to one. */
  private static long[] units(Prediction judged, int row) {
    long[] units = new long[judged.classes()];
    double[] lost = new double[units.length];
    long rest = ONE;
    for (int c = 0; c < units.length; c++) {
      float probability = judged.probability(row, c);
      if (Float.isNaN(probability)) {
        throw new IllegalStateException("the judge gave NaN for class " + c + " of row " + row);
      }
      double exact = Math.rint((double) probability * ONE * FINER) / FINER;
      units[c] = (long) exact;
      lost[c] = exact - units[c];
      rest -= units[c];
    }
    Integer[] order = new Integer[units.length];
    Arrays.setAll(order, c -> c);
    Arrays.sort(order, Comparator.comparingDouble((Integer c) -> lost[c]).reversed());
    for (int i = 0; rest != 0; i = (i + 1) % order.length) {
      int step = rest > 0 ? 1 : -1;
      int c = rest > 0 ? order[i] : order[order.length - 1 - i];
      if (units[c] + step >= 0) {
        units[c] += step;
        rest -= step;
      }
    }
    return units;
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
