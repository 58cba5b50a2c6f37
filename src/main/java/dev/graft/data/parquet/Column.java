package dev.graft.data.parquet;

import java.io.Serializable;
import java.util.List;

/**
 * One column of a dataset file, beside the {@code _graft} struct that every file has. Every column
 * is optional (nullable) in Parquet: Hugging Face readers ignore the features of required ones.
 */
public sealed interface Column extends Serializable {
  String name();

  /**
   * {@code struct<bytes: binary, path: string>}, read as {@code Image}. Values are {@link
   * MediaValue}.
   */
  record Image(String name) implements Column {}

  /** {@code int64} with names, read as {@code ClassLabel}. Values are {@link Long}. */
  record ClassLabel(String name, List<String> names) implements Column {
    public ClassLabel {
      names = List.copyOf(names);
    }
  }

  /**
   * {@code list} of {@code int64} with names, read as a list of {@code ClassLabel}, or of plain
   * values. Values are {@link List}s of {@link Long} or {@link String}; an element may be null.
   *
   * @param type of the elements: {@code INT64} or {@code STRING}
   * @param names of the classes, by id; empty for plain elements
   */
  record ListOf(String name, Value.Type type, List<String> names) implements Column {
    public ListOf {
      if (type != Value.Type.INT64 && type != Value.Type.STRING) {
        throw new IllegalArgumentException("a list of " + type + "; allowed: INT64, STRING");
      }
      names = List.copyOf(names);
    }

    /** Class ids. */
    public static ListOf labels(String name, List<String> names) {
      return new ListOf(name, Value.Type.INT64, names);
    }
  }

  /**
   * {@code list<struct<start: int32, end: int32, label: int64>>} with names of the labels, read as
   * a list of structs with a {@code ClassLabel}. Values are lists of {@link SpanValue}.
   *
   * @param kinds names of the labels by number; empty in files of others, whose labels are texts or
   *     have no names
   */
  record Spans(String name, List<String> kinds) implements Column {
    public Spans {
      kinds = List.copyOf(kinds);
    }
  }

  /**
   * {@code list} of {@code float32}. Values are {@link List}s of {@link Double}, each of which a
   * float holds exactly; an element may be null.
   */
  record Floats(String name) implements Column {}

  /**
   * A plain column. Values are {@link String}, {@link Long}, {@link Double}, {@link Boolean},
   * byte[].
   */
  record Value(String name, Type type) implements Column {
    /** Storage type of a plain column. */
    public enum Type {
      STRING,
      INT64,
      DOUBLE,
      BOOLEAN,
      BINARY
    }
  }
}
