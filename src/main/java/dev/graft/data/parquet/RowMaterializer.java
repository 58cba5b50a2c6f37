package dev.graft.data.parquet;

import dev.graft.data.parquet.DatasetRow.Provenance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Builds {@link DatasetRow}s, with values in the order of the asked columns. */
final class RowMaterializer extends RecordMaterializer<DatasetRow> {
  private final GroupConverter root;
  private final int width;
  private Object[] values;
  private Provenance provenance;
  private byte[] mediaBytes;
  private String mediaPath;

  /**
   * @param requested fields to read, in any order
   * @param columns the asked columns; each is a field of {@code requested}
   */
  RowMaterializer(MessageType requested, List<Column> columns) {
    width = columns.size();
    List<String> names = columns.stream().map(Column::name).toList();
    Converter[] children = new Converter[requested.getFieldCount()];
    for (int i = 0; i < children.length; i++) {
      Type field = requested.getType(i);
      if (field.getName().equals(ParquetSchema.PROVENANCE)) {
        children[i] = new ProvenanceConverter(field.asGroupType(), value -> provenance = value);
      } else {
        int position = names.indexOf(field.getName());
        children[i] =
            columns.get(position) instanceof Column.Spans spans
                ? new SpansConverter(
                    field.asGroupType(), spans.kinds(), value -> values[position] = value)
                : converter(field, position);
      }
    }
    root =
        new StructConverter(
            children,
            () -> {
              values = new Object[width];
              provenance = null;
            },
            () -> {});
  }

  private Converter converter(Type field, int position) {
    if (field.isPrimitive()) {
      return new LeafConverter(ForeignTypes.isString(field), value -> values[position] = value);
    }
    if (ForeignTypes.element(field.asGroupType()).isPresent()) {
      return list(field.asGroupType(), position);
    }
    GroupType media = field.asGroupType();
    Converter[] parts = new Converter[media.getFieldCount()];
    for (int i = 0; i < parts.length; i++) {
      parts[i] =
          media.getFieldName(i).equals(ParquetSchema.BYTES)
              ? new LeafConverter(false, value -> mediaBytes = (byte[]) value)
              : new LeafConverter(true, value -> mediaPath = (String) value);
    }
    return new StructConverter(
        parts,
        () -> {
          mediaBytes = null;
          mediaPath = null;
        },
        () -> values[position] = new MediaValue(mediaBytes, mediaPath));
  }

  /** A list of plain values, of which some may be null. */
  private Converter list(GroupType group, int position) {
    List<Object> elements = new ArrayList<>();
    Type element = group.getType(0).asGroupType().getType(0);
    Converter leaf =
        new LeafConverter(
            ForeignTypes.isString(element), value -> elements.set(elements.size() - 1, value));
    return new StructConverter(
        new Converter[] {
          new StructConverter(new Converter[] {leaf}, () -> elements.add(null), () -> {})
        },
        elements::clear,
        () -> values[position] = Collections.unmodifiableList(new ArrayList<>(elements)));
  }

  @Override
  public DatasetRow getCurrentRecord() {
    return new DatasetRow(values, provenance);
  }

  @Override
  public GroupConverter getRootConverter() {
    return root;
  }
}
