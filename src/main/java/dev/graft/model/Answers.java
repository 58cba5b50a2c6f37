package dev.graft.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a call of a sampler.
 *
 * @param values quantised, (count, rowSize); zeros for a sample that came to nothing
 * @param nothing why samples came to nothing, by their place in the call
 * @param use what the service was asked for and what it costs, the same whenever it is drawn
 * @param sent requests that this call has sent, those that failed among them
 * @param kept questions that were answered before
 */
public record Answers(
    byte[] values, Map<Integer, String> nothing, ServiceUse use, long sent, long kept) {
  public Answers {
    nothing = Map.copyOf(nothing);
  }

  /** Samples of a model that always has some. */
  public static Answers of(byte[] values) {
    return new Answers(values, Map.of(), ServiceUse.NONE, 0, 0);
  }

  /** Samples that came to nothing, by reason. */
  public static Map<String, Long> counted(Map<Integer, String> nothing) {
    Map<String, Long> counts = new TreeMap<>();
    nothing.values().forEach(reason -> counts.merge(reason, 1L, Long::sum));
    return counts;
  }
}
