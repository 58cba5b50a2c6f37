package dev.graft.data.parquet;

import dev.graft.data.parquet.DatasetRow.Provenance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.Type;

/** Reads the {@code _graft} struct. */
final class ProvenanceConverter extends GroupConverter {
  private final Converter[] children;
  private final Consumer<Provenance> sink;
  private final Map<String, Object> fields = new HashMap<>();
  private List<String> sourceIds = new ArrayList<>();
  private Map<String, Double> scores = new LinkedHashMap<>();
  private String scoreName;
  private Double scoreValue;

  ProvenanceConverter(GroupType type, Consumer<Provenance> sink) {
    this.sink = sink;
    this.children = new Converter[type.getFieldCount()];
    for (int i = 0; i < children.length; i++) {
      children[i] = child(type.getType(i));
    }
  }

  private Converter child(Type type) {
    String name = type.getName();
    if (name.equals("source_ids")) {
      return list(type, element -> leaf(element, value -> sourceIds.add((String) value)));
    }
    if (name.equals("scores")) {
      return list(type, this::score);
    }
    return leaf(type, value -> fields.put(name, value));
  }

  private Converter score(Type element) {
    GroupType group = element.asGroupType();
    Converter[] parts = new Converter[group.getFieldCount()];
    for (int i = 0; i < parts.length; i++) {
      Type part = group.getType(i);
      parts[i] =
          part.getName().equals("name")
              ? leaf(part, value -> scoreName = (String) value)
              : leaf(part, value -> scoreValue = (Double) value);
    }
    return new StructConverter(
        parts,
        () -> {
          scoreName = null;
          scoreValue = null;
        },
        () -> scores.put(scoreName, scoreValue));
  }

  private static Converter leaf(Type type, Consumer<Object> sink) {
    return new LeafConverter(ForeignTypes.isString(type), sink);
  }

  /** A list is a group with one repeated group with one element. */
  private static Converter list(
      Type type, java.util.function.Function<Type, Converter> elementConverter) {
    Type element = type.asGroupType().getType(0).asGroupType().getType(0);
    Converter[] repeated = {elementConverter.apply(element)};
    return new StructConverter(
        new Converter[] {new StructConverter(repeated, () -> {}, () -> {})}, () -> {}, () -> {});
  }

  @Override
  public Converter getConverter(int field) {
    return children[field];
  }

  @Override
  public void start() {
    fields.clear();
    sourceIds = new ArrayList<>();
    scores = new LinkedHashMap<>();
  }

  @Override
  public void end() {
    sink.accept(
        new Provenance(
            (String) fields.get("sample_id"),
            Boolean.TRUE.equals(fields.get("is_synthetic")),
            (String) fields.get("generator"),
            (String) fields.get("model_version"),
            (Long) fields.get("seed"),
            (String) fields.get("condition"),
            sourceIds,
            (String) fields.get("run_id"),
            scores));
  }
}
