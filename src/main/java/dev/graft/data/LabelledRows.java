package dev.graft.data;

import java.util.List;

/**
 * A part of a dataset in memory: one tensor of quantised values with a label and an id per row. One
 * byte a value; images are (N, C, H, W) in 0..255. Immutable by contract: callers do not write to
 * the arrays.
 *
 * @param rowSize values per row
 * @param values {@code size() * rowSize} bytes, row after row
 * @param labels class id per row
 * @param ids id per row; rows are in ascending id order, so contents do not depend on how they were
 *     read
 * @param targets soft labels, (rows, classes): probabilities of the classes that sum to one; null
 *     where rows have their class alone
 */
public record LabelledRows(
    int rowSize, byte[] values, int[] labels, List<SampleId> ids, float[] targets) {
  public LabelledRows {
    ids = List.copyOf(ids);
    if (targets != null && targets.length % Math.max(1, labels.length) != 0) {
      throw new IllegalArgumentException(
          targets.length + " targets are not so many for each of " + labels.length + " rows");
    }
    if (labels.length != ids.size() || (long) labels.length * rowSize != values.length) {
      throw new IllegalArgumentException(
          "labels, ids and values disagree: "
              + labels.length
              + ", "
              + ids.size()
              + ", "
              + values.length / Math.max(1, rowSize));
    }
  }

  /** Rows that have their class alone. */
  public LabelledRows(int rowSize, byte[] values, int[] labels, List<SampleId> ids) {
    this(rowSize, values, labels, ids, null);
  }

  public int size() {
    return labels.length;
  }

  /** Copies row {@code row} to {@code out} at {@code offset}. */
  public void copyRow(int row, byte[] out, int offset) {
    System.arraycopy(values, row * rowSize, out, offset, rowSize);
  }

  /** Probabilities that each row has; 0 where rows have their class alone, or there are none. */
  public int targetSize() {
    return targets == null || labels.length == 0 ? 0 : targets.length / labels.length;
  }

  /**
   * Copies the soft label of row {@code row}, or all of the probability for its class where it has
   * none.
   *
   * @param out zeros, from {@code offset} on one for each class
   */
  public void copyTarget(int row, float[] out, int offset) {
    if (targets == null) {
      out[offset + labels[row]] = 1;
    } else {
      System.arraycopy(targets, row * targetSize(), out, offset, targetSize());
    }
  }

  /** The rows at the given positions, in that order. */
  public LabelledRows select(int[] rows) {
    byte[] chosen = new byte[rows.length * rowSize];
    int[] chosenLabels = new int[rows.length];
    SampleId[] chosenIds = new SampleId[rows.length];
    float[] chosenTargets = targets == null ? null : new float[rows.length * targetSize()];
    for (int i = 0; i < rows.length; i++) {
      copyRow(rows[i], chosen, i * rowSize);
      chosenLabels[i] = labels[rows[i]];
      chosenIds[i] = ids.get(rows[i]);
      if (targets != null) {
        copyTarget(rows[i], chosenTargets, i * targetSize());
      }
    }
    return new LabelledRows(rowSize, chosen, chosenLabels, List.of(chosenIds), chosenTargets);
  }
}
