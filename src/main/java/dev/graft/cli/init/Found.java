package dev.graft.cli.init;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a look at some data has found.
 *
 * @param format source format
 * @param locations the format's keys; names of several columns have {@link
 *     dev.graft.spec.SourceSpec#BETWEEN_COLUMNS} between them
 * @param testLocations the same keys of an official test set; empty when there is none
 * @param counts records by class name, in id order
 * @param allowSynthetic whether the spec must say that there are rows that a model made
 * @param declareClasses whether the spec must name the classes, because the source does not
 * @param facts what the rows look like
 */
record Found(
    String format,
    Map<String, String> locations,
    Map<String, String> testLocations,
    Map<String, Long> counts,
    boolean allowSynthetic,
    boolean declareClasses,
    Facts facts) {
  Found {
    locations = new LinkedHashMap<>(locations);
    testLocations = new LinkedHashMap<>(testLocations);
    counts = new LinkedHashMap<>(counts);
  }

  long rows() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  long smallest() {
    return counts.values().stream().mapToLong(Long::longValue).min().orElse(0);
  }

  long largest() {
    return counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  List<String> classes() {
    return List.copyOf(counts.keySet());
  }
}
