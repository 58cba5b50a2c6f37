package dev.graft.data.parquet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The {@code huggingface} footer entry, which tells the {@code datasets} library what columns mean.
 * It honours an entry only if its Arrow type equals the column's, down to the order of struct
 * fields.
 */
public final class HuggingFaceFeatures {
  /** Footer key. */
  static final String KEY = "huggingface";

  private HuggingFaceFeatures() {}

  /** Features of a file of these columns and {@code _graft}, by column name in column order. */
  public static ObjectNode of(List<Column> columns) {
    ObjectNode features = node();
    columns.forEach(column -> features.set(column.name(), feature(column)));
    ObjectNode provenance = features.putObject(ParquetSchema.PROVENANCE);
    provenance.set("sample_id", value("string"));
    provenance.set("is_synthetic", value("bool"));
    provenance.set("generator", value("string"));
    provenance.set("model_version", value("string"));
    provenance.set("seed", value("int64"));
    provenance.set("condition", value("string"));
    provenance.set("source_ids", list(value("string")));
    provenance.set("run_id", value("string"));
    ObjectNode score = node();
    score.set("name", value("string"));
    score.set("value", value("float64"));
    provenance.set("scores", list(score));
    return features;
  }

  /** The footer entry's text. */
  static String footer(List<Column> columns) {
    ObjectNode root = node();
    root.putObject("info").set("features", of(columns));
    return root.toString();
  }

  /** The feature that a footer entry gives to a column, if any. */
  static Optional<JsonNode> find(String footer, String column) {
    if (footer == null) {
      return Optional.empty();
    }
    try {
      JsonNode features = Json.mapper().readTree(footer).path("info").path("features");
      return Optional.ofNullable(features.get(column));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** Class names of a {@code ClassLabel} feature, by class id; empty for any other feature. */
  static List<String> classNames(JsonNode feature) {
    if (!feature.path("_type").asText().equals("ClassLabel")) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    feature.path("names").forEach(name -> names.add(name.asText()));
    return names;
  }

  /**
   * The feature of a list's elements: of a {@code List}, of a {@code Sequence}, as it was called
   * before, or of a list with one element.
   */
  static JsonNode ofElements(JsonNode feature) {
    return feature.isArray() ? feature.path(0) : feature.path("feature");
  }

  /** Names of the kinds of a feature of spans, by number; empty where they have none. */
  static List<String> spanKinds(JsonNode feature) {
    JsonNode element = ofElements(feature);
    return classNames(element.path(ParquetSchema.LABEL));
  }

  private static JsonNode feature(Column column) {
    if (column instanceof Column.Image) {
      return node().put("_type", "Image");
    }
    if (column instanceof Column.ClassLabel label) {
      return classLabel(label.names());
    }
    if (column instanceof Column.Spans spans) {
      ObjectNode span = node();
      span.set(ParquetSchema.START, value("int32"));
      span.set(ParquetSchema.END, value("int32"));
      span.set(ParquetSchema.LABEL, classLabel(spans.kinds()));
      return list(span);
    }
    if (column instanceof Column.ListOf list) {
      return list(list.names().isEmpty() ? value(dtype(list.type())) : classLabel(list.names()));
    }
    if (column instanceof Column.Floats) {
      return list(value("float32"));
    }
    return value(dtype(((Column.Value) column).type()));
  }

  private static ObjectNode classLabel(List<String> names) {
    ObjectNode feature = node();
    ArrayNode all = feature.putArray("names");
    names.forEach(all::add);
    return feature.put("_type", "ClassLabel");
  }

  private static String dtype(Column.Value.Type type) {
    return switch (type) {
      case STRING, INT64, BINARY -> type.name().toLowerCase(Locale.ROOT);
      case DOUBLE -> "float64";
      case BOOLEAN -> "bool";
    };
  }

  private static ObjectNode value(String dtype) {
    return node().put("dtype", dtype).put("_type", "Value");
  }

  private static ObjectNode list(JsonNode element) {
    ObjectNode list = node();
    list.set("feature", element);
    return list.put("_type", "List");
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
