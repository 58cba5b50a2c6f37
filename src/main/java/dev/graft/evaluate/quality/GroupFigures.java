package dev.graft.evaluate.quality;

import java.util.Collections;
import java.util.LinkedHashMap;
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

  public GroupFigures {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }
}
