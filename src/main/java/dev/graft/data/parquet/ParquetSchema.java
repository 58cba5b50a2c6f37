package dev.graft.data.parquet;

import dev.graft.data.GraftException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The Parquet type of a dataset file. Every field is optional, in structs and lists too. */
final class ParquetSchema {
  static final String PROVENANCE = "_graft";

  /** Leaves whose values hardly ever repeat, so that a dictionary is not worth trying. */
  static final List<String> UNIQUE_VALUES =
      List.of(PROVENANCE + ".sample_id", PROVENANCE + ".scores.list.element.value");

  static final String BYTES = "bytes";
  static final String PATH = "path";
  static final String LIST = "list";
  static final String ELEMENT = "element";
  static final String START = "start";
  static final String END = "end";
  static final String LABEL = "label";

  private ParquetSchema() {}

  static MessageType of(List<Column> columns) {
    Set<String> names = new HashSet<>();
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (Column column : columns) {
      String name = column.name();
      if (name == null || name.isBlank() || name.equals(PROVENANCE)) {
        throw GraftException.usage(
            "a column cannot be named \"%s\"; use a name that is not blank and not %s",
            name, PROVENANCE);
      }
      if (!names.add(name)) {
        throw GraftException.usage("two columns are named \"%s\"; rename one of them", name);
      }
      message.addField(type(column));
    }
    return message.addField(provenance()).named("dataset");
  }

  private static Type type(Column column) {
    if (column instanceof Column.Image) {
      return Types.optionalGroup()
          .addField(primitive(PrimitiveTypeName.BINARY, BYTES))
          .addField(string(PATH))
          .named(column.name());
    }
    if (column instanceof Column.Value value) {
      return plain(value.type(), column.name());
    }
    if (column instanceof Column.ListOf list) {
      return list(column.name(), plain(list.type(), ELEMENT));
    }
    if (column instanceof Column.Floats) {
      return list(column.name(), primitive(PrimitiveTypeName.FLOAT, ELEMENT));
    }
    if (column instanceof Column.Spans) {
      return list(
          column.name(),
          Types.optionalGroup()
              .addField(primitive(PrimitiveTypeName.INT32, START))
              .addField(primitive(PrimitiveTypeName.INT32, END))
              .addField(primitive(PrimitiveTypeName.INT64, LABEL))
              .named(ELEMENT));
    }
    return primitive(PrimitiveTypeName.INT64, column.name());
  }

  private static Type plain(Column.Value.Type type, String name) {
    return switch (type) {
      case STRING -> string(name);
      case INT64 -> primitive(PrimitiveTypeName.INT64, name);
      case DOUBLE -> primitive(PrimitiveTypeName.DOUBLE, name);
      case BOOLEAN -> primitive(PrimitiveTypeName.BOOLEAN, name);
      case BINARY -> primitive(PrimitiveTypeName.BINARY, name);
    };
  }

  /** The {@code _graft} struct. */
  private static GroupType provenance() {
    return Types.optionalGroup()
        .addField(string("sample_id"))
        .addField(primitive(PrimitiveTypeName.BOOLEAN, "is_synthetic"))
        .addField(string("generator"))
        .addField(string("model_version"))
        .addField(primitive(PrimitiveTypeName.INT64, "seed"))
        .addField(string("condition"))
        .addField(list("source_ids", string(ELEMENT)))
        .addField(string("run_id"))
        .addField(
            list(
                "scores",
                Types.optionalGroup()
                    .addField(string("name"))
                    .addField(primitive(PrimitiveTypeName.DOUBLE, "value"))
                    .named(ELEMENT)))
        .named(PROVENANCE);
  }

  private static Type string(String name) {
    return Types.optional(PrimitiveTypeName.BINARY)
        .as(LogicalTypeAnnotation.stringType())
        .named(name);
  }

  private static Type primitive(PrimitiveTypeName type, String name) {
    return Types.optional(type).named(name);
  }

  private static Type list(String name, Type element) {
    return Types.optionalGroup()
        .as(LogicalTypeAnnotation.listType())
        .addField(Types.repeatedGroup().addField(element).named(LIST))
        .named(name);
  }
}
