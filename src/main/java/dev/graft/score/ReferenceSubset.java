package dev.graft.score;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fixed seeded subset per class: the rows with the lowest seeded hash of their id, so that it
 * depends on which rows there are and not on how they were read.
 *
 * @param perClass most rows of a class
 * @param total most rows in all
 * @param bytes most bytes of values in all
 */
public record ReferenceSubset(int perClass, int total, long bytes) {
  /** What candidates are compared with. */
  public static final ReferenceSubset OF_TRAIN = new ReferenceSubset(1_000, 10_000, 64L << 20);

  /** What thresholds and usual distances are taken from. */
  public static final ReferenceSubset OF_TUNE = new ReferenceSubset(500, 5_000, 32L << 20);

  /** The chosen rows, in id order. */
  public LabelledRows choose(LabelledRows rows, long seed) {
    Map<Integer, List<Integer>> byClass = new TreeMap<>();
    long[] ranks = new long[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      ranks[row] = rank(rows.ids().get(row), seed);
      byClass.computeIfAbsent(rows.labels()[row], label -> new ArrayList<>()).add(row);
    }
    long most = Math.min(total, bytes / Math.max(1, rows.rowSize()));
    int share = (int) Math.max(1, Math.min(perClass, most / Math.max(1, byClass.size())));
    return rows.select(
        byClass.values().stream()
            .flatMap(
                members ->
                    members.stream()
                        .sorted(Comparator.comparingLong(row -> ranks[row]))
                        .limit(share))
            .sorted()
            .mapToInt(Integer::intValue)
            .toArray());
  }

  private static long rank(SampleId id, long seed) {
    return CounterRandom.of(seed, id.high(), id.low()).bits(0);
  }
}
