package dev.graft.ingest;

import dev.graft.spec.SourceSpec.RecordLimits;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * One way in which datasets lie on disk. Stateless and thread-safe; registered in {@link
 * SourceFormats}. Failures that make the whole source unusable are {@link
 * dev.graft.data.GraftException} (exit 3) naming file, value and expectation; a single bad record
 * goes to {@link RecordSink#reject}.
 */
public interface SourceFormat {
  /** The registered name, as in {@code source.format}. */
  String name();

  /** Keys of {@code source} that name files or folders; all are required. */
  List<String> paths();

  /**
   * Keys of {@code source} that name columns or say how files are written, with their defaults;
   * empty for a key without one.
   */
  default Map<String, String> columns() {
    return Map.of();
  }

  /** The key of {@link #columns} that may name several, one for each part of a row; or empty. */
  default String partsKey() {
    return "";
  }

  /** Whether records have further columns that {@code split.by} may name. */
  default boolean hasGroups() {
    return false;
  }

  /** The source's own class names in id order; asked only when the spec declares none. */
  List<String> classes(Map<String, String> locations) throws IOException;

  /**
   * The source cut into ranges that workers read alone. Cheap: headers and listings only.
   *
   * @param locations by key of {@link #paths} and {@link #columns}
   */
  List<SourceRange> ranges(Map<String, String> locations, RecordLimits limits) throws IOException;

  /** Reads one range, handing every record of it to {@code sink} in source order. */
  void read(SourceRange range, RecordSink sink) throws IOException;
}
