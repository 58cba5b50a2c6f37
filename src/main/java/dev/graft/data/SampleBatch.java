package dev.graft.data;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A fixed-length range of candidates of one condition: the element of every generation and scoring
 * transform. One model call, one scorer call and one coder call serve a whole batch.
 *
 * <p>Columns, not objects: {@code values} is the quantised tensor, {@code payloads} the stored form
 * (for images PNG). Scorers add columns through {@link #withScore}; nothing is ever removed.
 */
public final class SampleBatch {
  /** No batch holds more rows than this. */
  public static final int MAX_ROWS = 256;

  private final Condition condition;
  private final int round;
  private final long firstIndex;
  private final SampleId[] ids;
  private final int rowSize;
  private final byte[] values;
  private final byte[][] payloads;
  private final Map<String, float[]> scores;
  private final List<Origin> origins;

  /**
   * A batch of rows that derive from nothing but the model.
   *
   * @param condition what every row of the batch is asked to be
   * @param round the top-up round that asked for it, from 0
   * @param firstIndex index within the condition of the first row
   * @param ids one per row
   * @param rowSize bytes of one row in {@code values}
   * @param values quantised tensor, (rows, rowSize)
   * @param payloads stored form of each row
   * @param scores columns by scorer name
   */
  public SampleBatch(
      Condition condition,
      int round,
      long firstIndex,
      SampleId[] ids,
      int rowSize,
      byte[] values,
      byte[][] payloads,
      Map<String, float[]> scores) {
    this(condition, round, firstIndex, ids, rowSize, values, payloads, scores, List.of());
  }

  /**
   * @param condition of which every row is
   * @param origins one per row; none for rows that derive from nothing but the model
   */
  public SampleBatch(
      Condition condition,
      int round,
      long firstIndex,
      SampleId[] ids,
      int rowSize,
      byte[] values,
      byte[][] payloads,
      Map<String, float[]> scores,
      List<Origin> origins) {
    if (ids.length > MAX_ROWS) {
      throw new IllegalArgumentException("a batch of " + ids.length + " rows; at most " + MAX_ROWS);
    }
    if (ids.length * rowSize != values.length
        || payloads.length != ids.length
        || !(origins.isEmpty() || origins.size() == ids.length)) {
      throw new IllegalArgumentException(
          "ids, values, payloads and origins disagree on the number of rows");
    }
    this.condition = condition;
    this.round = round;
    this.firstIndex = firstIndex;
    this.ids = ids;
    this.rowSize = rowSize;
    this.values = values;
    this.payloads = payloads;
    this.scores = scores;
    this.origins = List.copyOf(origins);
  }

  public Condition condition() {
    return condition;
  }

  public int round() {
    return round;
  }

  public long firstIndex() {
    return firstIndex;
  }

  public int size() {
    return ids.length;
  }

  public SampleId id(int row) {
    return ids[row];
  }

  /** What a row was asked to be, and how it was derived. */
  public Condition condition(int row) {
    return origins.isEmpty() ? condition : origins.get(row).condition();
  }

  /** Ids of the real rows that a row derives from. */
  public List<SampleId> sources(int row) {
    return origins.isEmpty() ? List.of() : origins.get(row).sources();
  }

  /** One per row, or none. */
  public List<Origin> origins() {
    return origins;
  }

  public int rowSize() {
    return rowSize;
  }

  /** The quantised tensor, (rows, rowSize); not to be written to. */
  public byte[] values() {
    return values;
  }

  public byte[] payload(int row) {
    return payloads[row];
  }

  /** Score columns by scorer name, in the order in which they were added; not to be written to. */
  public Map<String, float[]> scores() {
    return scores;
  }

  /** This batch with one more column. */
  public SampleBatch withScore(String name, float[] column) {
    if (column.length != size()) {
      throw new IllegalArgumentException(
          "score " + name + " has " + column.length + " values for " + size() + " rows");
    }
    Map<String, float[]> more = new LinkedHashMap<>(scores);
    more.put(name, column);
    return new SampleBatch(
        condition, round, firstIndex, ids, rowSize, values, payloads, more, origins);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof SampleBatch that)) {
      return false;
    }
    return condition.equals(that.condition)
        && round == that.round
        && firstIndex == that.firstIndex
        && rowSize == that.rowSize
        && origins.equals(that.origins)
        && Arrays.equals(ids, that.ids)
        && Arrays.equals(values, that.values)
        && Arrays.deepEquals(payloads, that.payloads)
        && scores.keySet().equals(that.scores.keySet())
        && scores.entrySet().stream()
            .allMatch(column -> Arrays.equals(column.getValue(), that.scores.get(column.getKey())));
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(ids);
  }
}
