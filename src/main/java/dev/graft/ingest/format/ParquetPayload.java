package dev.graft.ingest.format;

import dev.graft.data.GraftException;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.Column.Value.Type;
import dev.graft.data.parquet.MediaValue;
import dev.graft.modality.BadRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The columns of a Parquet file that hold what a row is: one of images, one or several of texts, or
 * one of texts and one of their spans.
 *
 * @param names of the columns, in order
 * @param key of {@code source} that names the first: {@code image} or {@code text}
 * @param spans whether the last column holds spans
 */
record ParquetPayload(List<String> names, String key, boolean spans) {
  static final String IMAGE = "image";
  static final String TEXT = "text";
  static final String SPANS = "spans";

  ParquetPayload {
    names = List.copyOf(names);
  }

  /** Those that a source names. */
  static ParquetPayload of(Map<String, String> locations) {
    String text = locations.getOrDefault(TEXT, "");
    String spans = locations.getOrDefault(SPANS, "");
    if (text.isEmpty()) {
      return new ParquetPayload(List.of(locations.getOrDefault(IMAGE, IMAGE)), IMAGE, false);
    }
    return spans.isEmpty()
        ? new ParquetPayload(PartColumns.of(text), TEXT, false)
        : new ParquetPayload(List.of(text, spans), TEXT, true);
  }

  /**
   * Refuses columns of other types.
   *
   * @param columns of the file, of which the first are these
   * @throws GraftException (exit 3) for one of another type
   */
  void check(String location, List<Column> columns) {
    for (int i = 0; i < names.size(); i++) {
      Column column = columns.get(i);
      boolean ofSpans = spans && i > 0;
      if (ofSpans ? !holdsSpans(column) : !holdsContent(column)) {
        throw GraftException.input(
            "%s: the column \"%s\" holds %s; source.%s names %s",
            location,
            column.name(),
            held(column),
            ofSpans ? SPANS : key,
            ofSpans
                ? "a column of lists of structs with start, end and label, or such lists as JSON"
                    + " text"
                : key.equals(IMAGE)
                    ? "a column of images: structs of bytes and path, or bytes"
                    : "a column of strings, or several");
      }
    }
  }

  private static boolean holdsSpans(Column column) {
    return column instanceof Column.Spans || isOf(column, Type.STRING);
  }

  /** Bytes may be a text where it is the whole row. */
  private boolean holdsContent(Column column) {
    return isOf(column, Type.STRING)
        || names.size() == 1 && isOf(column, Type.BINARY)
        || key.equals(IMAGE) && column instanceof Column.Image;
  }

  private static boolean isOf(Column column, Type type) {
    return column instanceof Column.Value value && value.type() == type;
  }

  private static String held(Column column) {
    if (column instanceof Column.ListOf list) {
      return "lists of " + typeName(list.type());
    }
    if (column instanceof Column.Value value) {
      return typeName(value.type());
    }
    if (column instanceof Column.Floats) {
      return "lists of numbers";
    }
    return column instanceof Column.Spans
        ? "lists of spans"
        : column instanceof Column.Image ? "structs of bytes" : "class ids";
  }

  private static String typeName(Type type) {
    return type == Type.STRING ? "strings" : type.name().toLowerCase(Locale.ROOT);
  }

  /**
   * What a decoder takes for a row.
   *
   * @param values of the row, of which the first are those of these columns
   */
  byte[] record(Object[] values) throws BadRecord {
    if (names.size() == 1) {
      return content(values[0]);
    }
    List<String> parts = new ArrayList<>();
    for (int part = 0; part < names.size(); part++) {
      boolean ofSpans = spans && part > 0;
      if (ofSpans && values[part] instanceof List<?> list) {
        parts.add(SpanList.json(list));
      } else if (values[part] instanceof String text) {
        parts.add(text);
      } else {
        throw new BadRecord(
            "incomplete",
            "the column \""
                + names.get(part)
                + (ofSpans ? "\" has no list of spans in this row" : "\" has no text in this row"));
      }
    }
    return PartColumns.record(parts).getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] content(Object value) throws BadRecord {
    if (value instanceof MediaValue media && media.bytes() != null) {
      return media.bytes();
    }
    if (value instanceof byte[] bytes) {
      return bytes;
    }
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    throw new BadRecord(
        "undecodable",
        value instanceof MediaValue media && media.path() != null
            ? "the image has only a path (" + media.path() + ") and no bytes"
            : "the value is missing");
  }
}
