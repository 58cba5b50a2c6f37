package dev.graft.generate;

import dev.graft.data.Condition;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * So many candidates of one condition, by index: the unit of parallel work, of restart and of
 * storage. A range never crosses a multiple of {@link #LENGTH}, so a larger target has the whole
 * ranges of a smaller one.
 *
 * @param condition what every candidate is asked to be
 * @param round the round that asks for it, from 0; not part of what a candidate is
 * @param firstIndex index within the condition of the first candidate
 * @param count candidates, 1 to {@link #LENGTH}
 */
public record CandidateRange(Condition condition, int round, long firstIndex, int count)
    implements Serializable {
  /** Most candidates of one range: four model calls at the usual batch of 256. */
  public static final int LENGTH = 1024;

  public CandidateRange {
    if (count < 1 || firstIndex < 0 || firstIndex / LENGTH != (firstIndex + count - 1) / LENGTH) {
      throw new IllegalArgumentException(
          "candidates "
              + firstIndex
              + " + "
              + count
              + " are no range within a multiple of "
              + LENGTH);
    }
  }

  /** Candidates {@code from} to {@code to - 1} of a condition, cut into ranges. */
  public static List<CandidateRange> cover(Condition condition, int round, long from, long to) {
    List<CandidateRange> ranges = new ArrayList<>();
    for (long first = from; first < to; ) {
      long end = Math.min(to, (first / LENGTH + 1) * LENGTH);
      ranges.add(new CandidateRange(condition, round, first, (int) (end - first)));
      first = end;
    }
    return ranges;
  }

  /** Its turn when ranges are handed out; the next range and the next class have the next turn. */
  int turn() {
    return (int) ((firstIndex / LENGTH + condition.label() + 1) & Integer.MAX_VALUE);
  }

  /** A file name for these candidates, whatever round asks for them. */
  public String key() {
    String suffix =
        condition.attributes().isEmpty()
            ? ""
            : "-" + dev.graft.data.json.Json.digest(condition.key()).substring(0, 12);
    String label =
        condition.label() < 0 ? "none" : String.format(Locale.ROOT, "%05d", condition.label());
    return String.format(Locale.ROOT, "class-%s%s-%012d-%04d", label, suffix, firstIndex, count);
  }
}
