package dev.graft.select;

/**
 * Candidates of one range with what the rules say of them. Columns, not objects.
 *
 * @param label class id of the range
 * @param round the round that asked for them
 * @param firstIndex index within the class of the range's first candidate
 * @param count candidates of the range, of which these are some or all
 * @param offsets position within the range, per row, ascending
 * @param ids two words per row, high then low; empty where nobody needs them
 * @param verdicts per row 0 for a row that passes, or 1 + the position of the rule that refuses it
 * @param ranked the columns of the scorers that TOP rules rank by, per rule in spec order
 */
public record JudgedRows(
    int label,
    int round,
    long firstIndex,
    int count,
    int[] offsets,
    long[] ids,
    byte[] verdicts,
    float[][] ranked)
    implements SelectionNote {
  public int size() {
    return offsets.length;
  }

  public long index(int row) {
    return firstIndex + offsets[row];
  }

  public long order(int row) {
    return OrderKey.of(round, index(row), label);
  }

  /** These rows without ids and ranks: enough to count with. */
  public JudgedRows light() {
    return new JudgedRows(
        label, round, firstIndex, count, offsets, new long[0], verdicts, new float[0][]);
  }
}
