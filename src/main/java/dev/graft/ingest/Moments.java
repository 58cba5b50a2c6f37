package dev.graft.ingest;

import java.io.Serializable;

/**
 * Exact sums over the values of some rows, in whole numbers so that their order does not matter.
 *
 * @param rows rows
 * @param values values in them
 * @param sum of the values, each 0 to 255
 * @param squares sum of their squares
 */
record Moments(long rows, long values, long sum, long squares) implements Serializable {
  static final Moments NONE = new Moments(0, 0, 0, 0);

  /** With one more row of {@code size} values at {@code offset}. */
  Moments plus(byte[] row, int offset, int size) {
    long total = 0;
    long totalSquares = 0;
    for (int i = offset; i < offset + size; i++) {
      int value = row[i] & 0xFF;
      total += value;
      totalSquares += (long) value * value;
    }
    return new Moments(rows + 1, values + size, sum + total, squares + totalSquares);
  }

  Moments plus(Moments other) {
    return new Moments(
        rows + other.rows, values + other.values, sum + other.sum, squares + other.squares);
  }

  double mean() {
    return values == 0 ? 0 : (double) sum / values;
  }

  double deviation() {
    double mean = mean();
    return values == 0 ? 0 : Math.sqrt(Math.max(0, (double) squares / values - mean * mean));
  }
}
