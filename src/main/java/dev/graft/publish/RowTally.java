package dev.graft.publish;

import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.Projection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the rows of one part by class and origin; a row of several labels counts for each. Reads
 * labels and provenance, no payload.
 */
final class RowTally {
  private static final String NO_LABEL = "none";

  /** What a file's columns are. */
  record Schema(List<Column> columns, List<String> unread) {}

  private final Map<String, Long> classes = new LinkedHashMap<>();
  private long rows;
  private long synthetic;

  Schema read(String location, ScoreTally scores) {
    Schema schema = schema(location);
    Optional<Column> label =
        schema.columns().stream().filter(column -> !names(column).isEmpty()).findFirst();
    label.ifPresent(column -> names(column).forEach(name -> classes.putIfAbsent(name, 0L)));
    Projection projection =
        label.map(column -> Projection.of(column.name())).orElseGet(() -> Projection.of());
    try (DatasetFileReader reader = DatasetFileReader.open(location, projection)) {
      for (DatasetRow row : reader) {
        rows++;
        if (row.provenance() != null && row.provenance().synthetic()) {
          synthetic++;
          row.provenance().scores().forEach(scores::add);
        }
        label.ifPresent(
            column ->
                labels(row.values()[0])
                    .forEach(id -> classes.merge(name(names(column), id), 1L, Long::sum)));
      }
    }
    return schema;
  }

  PartCounts counts(int files) {
    return new PartCounts(rows, synthetic, files, classes);
  }

  private static Schema schema(String location) {
    try (DatasetFileReader reader = DatasetFileReader.open(location)) {
      return new Schema(reader.columns(), reader.unsupportedColumns());
    }
  }

  /** Of the classes, or labels, that a column holds; empty for other columns. */
  private static List<String> names(Column column) {
    if (column instanceof Column.ClassLabel label) {
      return label.names();
    }
    return column instanceof Column.ListOf list ? list.names() : List.of();
  }

  /** One id, which is null for a row without label. */
  private static List<Long> labels(Object value) {
    List<Long> ids = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(id -> ids.add((Long) id));
    } else {
      ids.add((Long) value);
    }
    if (ids.isEmpty()) {
      ids.add(null);
    }
    return ids;
  }

  private static String name(List<String> names, Long id) {
    if (id == null) {
      return NO_LABEL;
    }
    return id >= 0 && id < names.size() ? names.get(id.intValue()) : id.toString();
  }
}
