package dev.graft.model.adversarial;

import dev.graft.data.CounterRandom;
import java.util.Arrays;

/**
 * The sliced Wasserstein distance of two sets of images with their classes (Rabin et al. 2011):
 * both are projected on {@value #DIRECTIONS} fixed random directions, and the mean absolute
 * difference of the sorted projections is taken. A class counts as a further coordinate, so an
 * image of the wrong class is far away. 0 for equal sets; in units of pixel values in [0, 1].
 */
final class SlicedDistance {
  private static final int DIRECTIONS = 128;
  private static final long PURPOSE = 0x736c696365L;

  /** A wrong class is as far as this many pixels of the wrong extreme. */
  private static final double CLASS_WEIGHT = 4;

  private final float[][] directions;
  private final int rowSize;
  private final int classes;

  SlicedDistance(int rowSize, int classes) {
    this.rowSize = rowSize;
    this.classes = classes;
    this.directions = new float[DIRECTIONS][rowSize + classes];
    for (int d = 0; d < DIRECTIONS; d++) {
      CounterRandom.of(PURPOSE, d).gaussian(directions[d], 0, rowSize + classes);
    }
  }

  /**
   * @param first quantised rows, one after the other
   * @param second as many
   * @param labels class of each row of both
   */
  double between(byte[] first, byte[] second, int[] labels) {
    double sum = 0;
    for (float[] direction : directions) {
      double[] a = project(first, labels, direction);
      double[] b = project(second, labels, direction);
      for (int i = 0; i < a.length; i++) {
        sum += Math.abs(a[i] - b[i]);
      }
    }
    return sum / DIRECTIONS / labels.length;
  }

  private double[] project(byte[] rows, int[] labels, float[] direction) {
    double[] projected = new double[labels.length];
    for (int i = 0; i < labels.length; i++) {
      double value = 0;
      for (int v = 0; v < rowSize; v++) {
        value += direction[v] * (rows[i * rowSize + v] & 0xff);
      }
      int label = Math.max(0, labels[i]) % classes;
      projected[i] = value / 255 + CLASS_WEIGHT * direction[rowSize + label];
    }
    Arrays.sort(projected);
    return projected;
  }
}
