package dev.graft.model.compare;

import java.util.Arrays;
import java.util.Comparator;

/** Rows in lexicographic order: what is computed from them does not depend on their own order. */
public final class SortedRows {
  private SortedRows() {}

  /**
   * @param rows (n, dimension)
   * @return the same rows, sorted
   */
  public static double[] of(double[] rows, int dimension) {
    Integer[] order = new Integer[rows.length / dimension];
    Arrays.setAll(order, i -> i);
    Comparator<Integer> lexicographic =
        (left, right) ->
            Arrays.compare(
                rows,
                left * dimension,
                (left + 1) * dimension,
                rows,
                right * dimension,
                (right + 1) * dimension);
    Arrays.sort(order, lexicographic);
    double[] sorted = new double[rows.length];
    for (int i = 0; i < order.length; i++) {
      System.arraycopy(rows, order[i] * dimension, sorted, i * dimension, dimension);
    }
    return sorted;
  }
}
