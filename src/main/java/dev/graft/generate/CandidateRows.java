package dev.graft.generate;

import dev.graft.data.SampleId;
import dev.graft.select.OrderKey;
import java.util.Arrays;

/**
 * What selection needs to know of the candidates of one range: no payload. Columns, not objects.
 *
 * @param range which candidates
 * @param ids two words per row, high then low
 * @param scores rounded columns, in the order of the rules' scorers
 * @param signatures (rows, signature length)
 * @param nothing offsets of candidates that the generator had no sample for, ascending; their
 *     scores and signatures say nothing
 */
public record CandidateRows(
    CandidateRange range, long[] ids, float[][] scores, byte[] signatures, int[] nothing) {
  public int size() {
    return range.count();
  }

  public SampleId id(int row) {
    return new SampleId(ids[2 * row], ids[2 * row + 1]);
  }

  /** {@link OrderKey} per row. */
  public long[] orders() {
    long[] orders = new long[size()];
    for (int row = 0; row < orders.length; row++) {
      orders[row] = order(row);
    }
    return orders;
  }

  private long order(int row) {
    return OrderKey.of(range.round(), range.firstIndex() + row, range.condition().label());
  }

  /**
   * Rows that can be near each other.
   *
   * @param orders {@link OrderKey} per row
   * @param signatures (rows, signature length)
   */
  record Signed(long[] orders, byte[] signatures) {}

  /** All but those that came to nothing. */
  Signed signed() {
    if (nothing.length == 0) {
      return new Signed(orders(), signatures);
    }
    int length = signatures.length / size();
    long[] orders = new long[size() - nothing.length];
    byte[] kept = new byte[orders.length * length];
    int at = 0;
    for (int row = 0; row < size(); row++) {
      if (Arrays.binarySearch(nothing, row) < 0) {
        System.arraycopy(signatures, row * length, kept, at * length, length);
        orders[at++] = order(row);
      }
    }
    return new Signed(orders, kept);
  }
}
