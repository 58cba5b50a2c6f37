package dev.graft.select;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * Candidates that have an earlier near-duplicate.
 *
 * @param orders {@link OrderKey} of those near an earlier candidate, ascending
 * @param collapsed those of {@code orders} that were found in an over-full bucket, ascending
 * @param published those near a row that is published already, whether or not they are near an
 *     earlier candidate too, ascending
 */
public record DuplicateMarks(long[] orders, long[] collapsed, long[] published)
    implements SelectionNote {
  /** The marks of one round, by class. */
  public Map<Integer, DuplicateMarks> byClass(int round) {
    Map<Integer, DuplicateMarks> classes = new TreeMap<>();
    LongStream.concat(Arrays.stream(orders), Arrays.stream(published))
        .filter(order -> OrderKey.round(order) == round)
        .mapToInt(OrderKey::label)
        .distinct()
        .forEach(
            label ->
                classes.put(
                    label,
                    new DuplicateMarks(
                        only(orders, round, label),
                        only(collapsed, round, label),
                        only(published, round, label))));
    return classes;
  }

  private static long[] only(long[] orders, int round, int label) {
    return Arrays.stream(orders)
        .filter(order -> OrderKey.round(order) == round && OrderKey.label(order) == label)
        .toArray();
  }
}
