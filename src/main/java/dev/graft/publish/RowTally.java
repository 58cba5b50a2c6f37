package dev.graft.publish;

import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.Projection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts the rows of one part by class and origin; reads labels and provenance, no payload. */
final class RowTally {
  private static final String NO_LABEL = "none";

  /** What a file's columns are. */
  record Schema(List<Column> columns, List<String> unread) {}

  private final Map<String, Long> classes = new LinkedHashMap<>();
  private long rows;
  private long synthetic;

  Schema read(String location, ScoreTally scores) {
    Schema schema = schema(location);
    Optional<Column.ClassLabel> label =
        schema.columns().stream()
            .filter(Column.ClassLabel.class::isInstance)
            .map(Column.ClassLabel.class::cast)
            .findFirst();
    label.ifPresent(column -> column.names().forEach(name -> classes.putIfAbsent(name, 0L)));
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
            column -> classes.merge(name(column, (Long) row.values()[0]), 1L, Long::sum));
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

  private static String name(Column.ClassLabel column, Long id) {
    if (id == null) {
      return NO_LABEL;
    }
    return id >= 0 && id < column.names().size()
        ? column.names().get(id.intValue())
        : id.toString();
  }
}
