package dev.graft.modality;

import dev.graft.data.DatasetSchema;
import dev.graft.data.parquet.Column;
import dev.graft.modality.text.TextParts;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The columns that hold the payload in a published dataset: the modality's own, or one for each
 * part of a row that has several. All other files have the modality's own.
 *
 * @param columns in order, one or more
 */
public record PublishedPayload(List<Column> columns) {
  public PublishedPayload {
    columns = List.copyOf(columns);
  }

  /** Those of a dataset. */
  public static PublishedPayload of(DatasetSchema schema) {
    return schema.parts().isEmpty()
        ? new PublishedPayload(List.of(Modalities.get(schema.modality()).payloadColumn()))
        : ofParts(schema.parts());
  }

  /** Columns of strings. */
  public static PublishedPayload ofParts(List<String> names) {
    return new PublishedPayload(
        names.stream()
            .map(name -> (Column) new Column.Value(name, Column.Value.Type.STRING))
            .toList());
  }

  /** The names of {@link #columns}. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** Whether each column can have a value of its own. */
  public boolean complete(Object stored) {
    return columns.size() == 1 || TextParts.complete((String) stored, columns.size());
  }

  /**
   * The values of the columns.
   *
   * @param stored as in the modality's own column; null for none
   */
  public Object[] split(Object stored) {
    if (columns.size() == 1) {
      return new Object[] {stored};
    }
    return stored == null
        ? new Object[columns.size()]
        : TextParts.exactly((String) stored, columns.size()).toArray();
  }

  /**
   * The payload of the columns' values; empty where all of them are null.
   *
   * @param values begin with those of {@link #columns}
   */
  public byte[] joined(Object[] values) {
    if (columns.size() == 1) {
      return values[0] == null ? new byte[0] : StoredPayload.toBytes(values[0]);
    }
    return StoredPayload.toBytes(
        TextParts.joined(
            Arrays.stream(values, 0, columns.size())
                .filter(Objects::nonNull)
                .map(String.class::cast)
                .toList()));
  }
}
