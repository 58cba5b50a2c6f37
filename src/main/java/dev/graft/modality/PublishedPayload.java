package dev.graft.modality;

import dev.graft.data.DatasetSchema;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.SpanValue;
import dev.graft.modality.text.TextParts;
import dev.graft.modality.text.TextSpans;
import dev.graft.modality.text.TextSpans.Marked;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The columns that hold the payload in a published dataset: the modality's own, or one for each
 * part of a row that has several, or {@code text} and {@code spans}. All other files have the
 * modality's own.
 *
 * @param columns in order, one or more
 */
public record PublishedPayload(List<Column> columns) {
  public PublishedPayload {
    columns = List.copyOf(columns);
  }

  private static final String TEXT = "text";
  private static final String SPANS = "spans";

  /** Those of a dataset. */
  public static PublishedPayload of(DatasetSchema schema) {
    if (!schema.spans().isEmpty()) {
      return ofSpans(schema.spans());
    }
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

  /** A text without marks, and its spans. */
  public static PublishedPayload ofSpans(List<String> kinds) {
    return new PublishedPayload(
        List.of(new Column.Value(TEXT, Column.Value.Type.STRING), new Column.Spans(SPANS, kinds)));
  }

  /** The kinds of spans; empty where there is no column of them. */
  private List<String> kinds() {
    return columns.get(columns.size() - 1) instanceof Column.Spans spans
        ? spans.kinds()
        : List.of();
  }

  /** The names of {@link #columns}. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** Why not each column can have a value of its own; empty where it can. */
  public Optional<String> flaw(Object stored) {
    if (!kinds().isEmpty()) {
      return TextSpans.sound((String) stored, kinds())
          ? Optional.empty()
          : Optional.of(
              "has marks of spans that do not pair up, or a span that is empty, has white space at"
                  + " an end or divides a character");
    }
    return columns.size() == 1 || TextParts.complete((String) stored, columns.size())
        ? Optional.empty()
        : Optional.of("is not of the parts " + String.join(", ", names()));
  }

  /**
   * The values of the columns. A text whose marks do not pair up has no spans.
   *
   * @param stored as in the modality's own column; null for none
   */
  public Object[] split(Object stored) {
    if (columns.size() == 1) {
      return new Object[] {stored};
    }
    if (stored != null && !kinds().isEmpty()) {
      String text = (String) stored;
      return new Object[] {
        TextSpans.plain(text), TextSpans.read(text, kinds()).map(Marked::spans).orElse(null)
      };
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
    if (!kinds().isEmpty() && values[0] != null) {
      return StoredPayload.toBytes(
          values[1] == null ? values[0] : marked((String) values[0], (List<?>) values[1]));
    }
    return StoredPayload.toBytes(
        TextParts.joined(
            Arrays.stream(values, 0, columns.size())
                .filter(Objects::nonNull)
                .map(String.class::cast)
                .toList()));
  }

  private String marked(String text, List<?> spans) {
    return TextSpans.marked(
        text,
        spans.stream()
            .map(SpanValue.class::cast)
            .filter(span -> span != null && kinds().contains(span.label()))
            .toList(),
        kinds());
  }
}
