package dev.graft.data.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** Reads a list of spans; one without a start, an end or a label of their types is null. */
final class SpansConverter extends GroupConverter {
  private final Converter repeated;
  private final Consumer<Object> sink;
  private List<SpanValue> spans;
  private Long start;
  private Long end;
  private String label;

  /**
   * @param field the list
   * @param kinds names of labels that are numbers; empty for numbers without names
   * @param sink takes each list of a row that has one
   */
  SpansConverter(GroupType field, List<String> kinds, Consumer<Object> sink) {
    this.sink = sink;
    GroupType element = field.getType(0).asGroupType().getType(0).asGroupType();
    Converter[] fields = new Converter[element.getFieldCount()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = field(element.getType(i), kinds);
    }
    Converter span = new StructConverter(fields, this::clear, () -> {});
    this.repeated = new StructConverter(new Converter[] {span}, this::clear, this::add);
  }

  private Converter field(Type type, List<String> kinds) {
    return switch (type.getName()) {
      case ParquetSchema.START -> new LeafConverter(false, value -> start = (Long) value);
      case ParquetSchema.END -> new LeafConverter(false, value -> end = (Long) value);
      case ParquetSchema.LABEL ->
          new LeafConverter(ForeignTypes.isString(type), value -> label = name(value, kinds));
      default -> throw new IllegalArgumentException(type.toString());
    };
  }

  private static String name(Object value, List<String> kinds) {
    return value instanceof Long id && id >= 0 && id < kinds.size()
        ? kinds.get(id.intValue())
        : String.valueOf(value);
  }

  private void clear() {
    start = null;
    end = null;
    label = null;
  }

  private void add() {
    boolean whole = start != null && end != null && label != null;
    spans.add(
        whole && start.intValue() == start && end.intValue() == end
            ? new SpanValue(start.intValue(), end.intValue(), label)
            : null);
  }

  @Override
  public Converter getConverter(int field) {
    return repeated;
  }

  @Override
  public void start() {
    spans = new ArrayList<>();
  }

  @Override
  public void end() {
    sink.accept(spans);
  }
}
