package dev.graft.ingest;

import dev.graft.data.SampleId;
import java.util.Arrays;

/**
 * Decoded rows of one range of a source: the element of {@link ReadDataset}. Columns, not objects.
 * Immutable by contract: nobody writes to the arrays.
 *
 * @param official whether the rows are of the official test set
 * @param sourceRows records that the whole source announced, good and bad: a measure for sharding
 * @param ids one per row
 * @param labels class id per row
 * @param groups value of the {@code split.by} column per row; empty texts for none
 * @param synthetic whether the row says that a model made it
 * @param rowSize bytes of a row
 * @param values (rows, rowSize), quantised tensors
 */
public record RowBatch(
    boolean official,
    long sourceRows,
    SampleId[] ids,
    int[] labels,
    String[] groups,
    boolean[] synthetic,
    int rowSize,
    byte[] values) {
  /** Most rows of a batch. */
  public static final int MAX_ROWS = 256;

  /** Most bytes of a batch of more than one row. */
  public static final int MAX_BYTES = 4 << 20;

  public int size() {
    return ids.length;
  }

  /** The rows at these positions. */
  RowBatch select(int[] rows, int count) {
    SampleId[] someIds = new SampleId[count];
    int[] someLabels = new int[count];
    String[] someGroups = new String[count];
    boolean[] someSynthetic = new boolean[count];
    byte[] someValues = new byte[count * rowSize];
    for (int i = 0; i < count; i++) {
      someIds[i] = ids[rows[i]];
      someLabels[i] = labels[rows[i]];
      someGroups[i] = groups[rows[i]];
      someSynthetic[i] = synthetic[rows[i]];
      System.arraycopy(values, rows[i] * rowSize, someValues, i * rowSize, rowSize);
    }
    return new RowBatch(
        official, sourceRows, someIds, someLabels, someGroups, someSynthetic, rowSize, someValues);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RowBatch that
        && official == that.official
        && sourceRows == that.sourceRows
        && rowSize == that.rowSize
        && Arrays.equals(ids, that.ids)
        && Arrays.equals(labels, that.labels)
        && Arrays.equals(groups, that.groups)
        && Arrays.equals(synthetic, that.synthetic)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }

  @Override
  public String toString() {
    return "RowBatch of " + ids.length + " rows";
  }
}
