package dev.graft.evaluate.quality;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The metrics of one group of rows.
 *
 * @param name class name, or {@code overall}
 * @param label class id; -1 for overall
 * @param rows rows on each side of every figure of this group
 * @param metrics by name, in report order
 */
public record GroupFigures(String name, int label, int rows, Map<String, Comparison> metrics) {
  /** Name of the group of all rows. */
  public static final String OVERALL = "overall";

  /** The same figures, those named by {@code order} first and in its order. */
  GroupFigures ordered(List<String> order) {
    Map<String, Comparison> ordered = new LinkedHashMap<>();
    for (String name : order) {
      if (metrics.containsKey(name)) {
        ordered.put(name, metrics.get(name));
      }
    }
    metrics.forEach(ordered::putIfAbsent);
    return new GroupFigures(name, label, rows, ordered);
  }

  public GroupFigures {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }
}
