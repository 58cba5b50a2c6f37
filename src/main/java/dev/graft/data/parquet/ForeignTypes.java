package dev.graft.data.parquet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** What the columns of a Parquet file are to Graft, whoever wrote it. */
final class ForeignTypes {
  private ForeignTypes() {}

  /**
   * The column that a field is read as; empty for types that Graft has no column for, such as
   * structs and timestamps. Lists are those of whole numbers, texts and single-precision numbers.
   */
  static Optional<Column> column(Type field, String featuresFooter) {
    String name = field.getName();
    if (field.isRepetition(Type.Repetition.REPEATED)) {
      return Optional.empty();
    }
    if (!field.isPrimitive()) {
      if (isSpans(field.asGroupType())) {
        return Optional.of(
            new Column.Spans(
                name,
                HuggingFaceFeatures.find(featuresFooter, name)
                    .map(HuggingFaceFeatures::spanKinds)
                    .orElse(List.of())));
      }
      return isMedia(field.asGroupType())
          ? Optional.of(new Column.Image(name))
          : element(field.asGroupType()).flatMap(element -> list(name, element, featuresFooter));
    }
    Optional<Column.Value.Type> type = valueType(field.asPrimitiveType());
    if (type.isPresent() && type.get() == Column.Value.Type.INT64) {
      List<String> names =
          HuggingFaceFeatures.find(featuresFooter, name)
              .map(ForeignTypes::classNames)
              .orElse(List.of());
      if (!names.isEmpty()) {
        return Optional.of(new Column.ClassLabel(name, names));
      }
    }
    return type.map(found -> new Column.Value(name, found));
  }

  /** The element of a list: a group of one repeated group of one primitive field. */
  static Optional<PrimitiveType> element(GroupType group) {
    if (!(group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)
        || group.getFieldCount() != 1
        || group.getType(0).isPrimitive()
        || !group.getType(0).isRepetition(Type.Repetition.REPEATED)
        || group.getType(0).asGroupType().getFieldCount() != 1
        || !group.getType(0).asGroupType().getType(0).isPrimitive()) {
      return Optional.empty();
    }
    return Optional.of(group.getType(0).asGroupType().getType(0).asPrimitiveType());
  }

  private static Optional<Column> list(String name, PrimitiveType element, String featuresFooter) {
    if (element.getPrimitiveTypeName() == PrimitiveTypeName.FLOAT) {
      return Optional.of(new Column.Floats(name));
    }
    Optional<Column.Value.Type> type = valueType(element);
    if (type.isEmpty()
        || (type.get() != Column.Value.Type.INT64 && type.get() != Column.Value.Type.STRING)) {
      return Optional.empty();
    }
    List<String> names =
        type.get() == Column.Value.Type.INT64
            ? HuggingFaceFeatures.find(featuresFooter, name)
                .map(HuggingFaceFeatures::ofElements)
                .map(ForeignTypes::classNames)
                .orElse(List.of())
            : List.of();
    return Optional.of(new Column.ListOf(name, type.get(), names));
  }

  private static List<String> classNames(JsonNode feature) {
    return HuggingFaceFeatures.classNames(feature);
  }

  /** Whether a group is a list of structs with a start, an end and a label. */
  private static boolean isSpans(GroupType group) {
    if (!(group.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)
        || group.getFieldCount() != 1
        || group.getType(0).isPrimitive()
        || group.getType(0).asGroupType().getFieldCount() != 1
        || group.getType(0).asGroupType().getType(0).isPrimitive()) {
      return false;
    }
    GroupType element = group.getType(0).asGroupType().getType(0).asGroupType();
    return isInteger(element, ParquetSchema.START)
        && isInteger(element, ParquetSchema.END)
        && (isInteger(element, ParquetSchema.LABEL)
            || element.containsField(ParquetSchema.LABEL)
                && isString(element.getType(ParquetSchema.LABEL)));
  }

  private static boolean isInteger(GroupType group, String field) {
    return group.containsField(field)
        && group.getType(field).isPrimitive()
        && valueType(group.getType(field).asPrimitiveType())
            .equals(Optional.of(Column.Value.Type.INT64));
  }

  private static boolean isMedia(GroupType group) {
    return group.getLogicalTypeAnnotation() == null
        && group.containsField(ParquetSchema.BYTES)
        && group.getType(ParquetSchema.BYTES).isPrimitive()
        && group.getType(ParquetSchema.BYTES).asPrimitiveType().getPrimitiveTypeName()
            == PrimitiveTypeName.BINARY
        && (!group.containsField(ParquetSchema.PATH)
            || isString(group.getType(ParquetSchema.PATH)));
  }

  static boolean isString(Type type) {
    return type.isPrimitive()
        && valueType(type.asPrimitiveType()).equals(Optional.of(Column.Value.Type.STRING));
  }

  private static Optional<Column.Value.Type> valueType(PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    return switch (type.getPrimitiveTypeName()) {
      case BINARY -> {
        if (logical == null) {
          yield Optional.of(Column.Value.Type.BINARY);
        }
        boolean text =
            logical instanceof StringLogicalTypeAnnotation
                || logical instanceof EnumLogicalTypeAnnotation
                || logical instanceof JsonLogicalTypeAnnotation;
        yield text ? Optional.of(Column.Value.Type.STRING) : Optional.empty();
      }
      case INT32, INT64 ->
          logical == null || logical instanceof IntLogicalTypeAnnotation
              ? Optional.of(Column.Value.Type.INT64)
              : Optional.empty();
      case FLOAT, DOUBLE -> Optional.of(Column.Value.Type.DOUBLE);
      case BOOLEAN -> Optional.of(Column.Value.Type.BOOLEAN);
      case FIXED_LEN_BYTE_ARRAY ->
          logical == null ? Optional.of(Column.Value.Type.BINARY) : Optional.empty();
      case INT96 -> Optional.empty();
    };
  }
}
