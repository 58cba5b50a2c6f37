package dev.graft.ingest;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A part of a source that one worker reads alone. What {@code from} and {@code to} count is the
 * format's own affair.
 *
 * @param locations the source's locations by key
 * @param files names relative to the location; empty where the locations are the files
 * @param from first unit, inclusive
 * @param to last unit, exclusive
 * @param firstIndex index within its file of the range's first record
 * @param rows records in the range
 */
public record SourceRange(
    Map<String, String> locations,
    List<String> files,
    long from,
    long to,
    long firstIndex,
    long rows)
    implements Serializable {
  public SourceRange {
    locations = Map.copyOf(locations);
    files = List.copyOf(files);
  }
}
