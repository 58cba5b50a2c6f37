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

  /**
   * Further keys that apply to records of several labels, with their defaults; {@code labels} is
   * the one that says that records are such. Empty where records have one label.
   */
  default Map<String, String> labelColumns() {
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

  /** Whether a field can be a list, such as that of a record's labels. */
  default boolean hasLists() {
    return false;
  }

  /**
   * The source's own class names in id order; asked only when the spec declares none. Of records of
   * several labels the names of the sets that occur, {@link dev.graft.data.LabelSets#name}, which
   * are always asked for.
   */
  List<String> classes(Map<String, String> locations) throws IOException;

  /**
   * The names of labels in id order, where records have several and the source tells the order;
   * empty where it does not.
   */
  default List<String> labels(Map<String, String> locations) throws IOException {
    return List.of();
  }

  /**
   * The source cut into ranges that workers read alone. Cheap: headers and listings only.
   *
   * @param locations by key of {@link #paths} and {@link #columns}
   */
  List<SourceRange> ranges(Map<String, String> locations, RecordLimits limits) throws IOException;

  /** Reads one range, handing every record of it to {@code sink} in source order. */
  void read(SourceRange range, RecordSink sink) throws IOException;
}
