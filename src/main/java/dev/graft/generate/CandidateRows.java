package dev.graft.generate;

import dev.graft.data.SampleId;
import dev.graft.select.OrderKey;

/**
 * What selection needs to know of the candidates of one range: no payload. Columns, not objects.
 *
 * @param range which candidates
 * @param ids two words per row, high then low
 * @param scores rounded columns, in the order of the rules' scorers
 * @param signatures (rows, signature length)
 */
public record CandidateRows(CandidateRange range, long[] ids, float[][] scores, byte[] signatures) {
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
      orders[row] = OrderKey.of(range.round(), range.firstIndex() + row, range.condition().label());
    }
    return orders;
  }
}
