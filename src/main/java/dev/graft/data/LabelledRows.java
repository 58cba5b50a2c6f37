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
 */
public record LabelledRows(int rowSize, byte[] values, int[] labels, List<SampleId> ids) {
  public LabelledRows {
    ids = List.copyOf(ids);
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

  public int size() {
    return labels.length;
  }

  /** Copies row {@code row} to {@code out} at {@code offset}. */
  public void copyRow(int row, byte[] out, int offset) {
    System.arraycopy(values, row * rowSize, out, offset, rowSize);
  }

  /** The rows at the given positions, in that order. */
  public LabelledRows select(int[] rows) {
    byte[] chosen = new byte[rows.length * rowSize];
    int[] chosenLabels = new int[rows.length];
    SampleId[] chosenIds = new SampleId[rows.length];
    for (int i = 0; i < rows.length; i++) {
      copyRow(rows[i], chosen, i * rowSize);
      chosenLabels[i] = labels[rows[i]];
      chosenIds[i] = ids.get(rows[i]);
    }
    return new LabelledRows(rowSize, chosen, chosenLabels, List.of(chosenIds));
  }
}
