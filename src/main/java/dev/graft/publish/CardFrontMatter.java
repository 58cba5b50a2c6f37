package dev.graft.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.graft.data.parquet.Column;
import dev.graft.publish.Manifest.ManifestFile;
import dev.graft.spec.PipelineSpec;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The YAML at the head of a dataset card, which tells the Hugging Face tools what there is: one
 * configuration for everything, one for the synthetic rows and one for the real ones.
 */
final class CardFrontMatter {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .build());
  private static final String DEFAULT = "default";
  private static final String SYNTHETIC = "synthetic";
  private static final String REAL = "real";

  private CardFrontMatter() {}

  static String text(PipelineSpec spec, List<Column> columns, Manifest manifest) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("pretty_name", spec.name());
    if (!spec.publish().licence().isBlank()) {
      root.put("license", spec.publish().licence());
    }
    root.put("tags", List.of("synthetic", "data-augmentation"));
    boolean severalLabels = columns.stream().anyMatch(Column.ListOf.class::isInstance);
    if (severalLabels || columns.stream().anyMatch(Column.ClassLabel.class::isInstance)) {
      root.put("task_categories", tasks(spec, columns));
    }
    if (severalLabels) {
      root.put("task_ids", List.of("multi-label-classification"));
    }
    long rows = manifest.rows().values().stream().mapToLong(Long::longValue).sum();
    root.put("size_categories", List.of(sizeCategory(rows)));
    List<Object> configs = new ArrayList<>();
    List<Object> infos = new ArrayList<>();
    for (String config : configs(manifest)) {
      configs.add(config(config, manifest));
      infos.add(info(config, columns, manifest));
    }
    root.put("configs", configs);
    root.put("dataset_info", infos);
    try {
      return YAML.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> configs(Manifest manifest) {
    boolean real = manifest.rows().keySet().stream().anyMatch(part -> part.startsWith(REAL));
    return real ? List.of(DEFAULT, SYNTHETIC, REAL) : List.of(DEFAULT, SYNTHETIC);
  }

  private static Map<String, Object> config(String config, Manifest manifest) {
    List<Object> files = new ArrayList<>();
    for (Map.Entry<String, List<String>> split : splits(config, manifest).entrySet()) {
      List<String> patterns =
          split.getValue().stream().map(part -> "data/" + part + "-*.parquet").toList();
      files.add(ordered("split", split.getKey(), "path", patterns));
    }
    Map<String, Object> entry = ordered("config_name", config, "data_files", files);
    if (config.equals(DEFAULT)) {
      entry.put("default", true);
    }
    return entry;
  }

  /** The parts of each split of a configuration. */
  private static Map<String, List<String>> splits(String config, Manifest manifest) {
    Map<String, List<String>> splits = new TreeMap<>();
    for (String part : manifest.rows().keySet()) {
      if (config.equals(DEFAULT) || part.startsWith(config + "/")) {
        String split = part.substring(part.indexOf('/') + 1);
        splits.computeIfAbsent(split, key -> new ArrayList<>()).add(part);
      }
    }
    return splits;
  }

  private static Map<String, Object> info(String config, List<Column> columns, Manifest manifest) {
    List<Object> splits = new ArrayList<>();
    long size = 0;
    for (Map.Entry<String, List<String>> split : splits(config, manifest).entrySet()) {
      long rows = 0;
      long bytes = 0;
      for (String part : split.getValue()) {
        rows += manifest.rows().get(part);
        bytes += bytes(part, manifest);
      }
      Map<String, Object> entry = ordered("name", split.getKey(), "num_bytes", bytes);
      entry.put("num_examples", rows);
      splits.add(entry);
      size += bytes;
    }
    Map<String, Object> info = ordered("config_name", config, "features", features(columns));
    info.put("splits", splits);
    info.put("download_size", size);
    info.put("dataset_size", size);
    return info;
  }

  private static long bytes(String part, Manifest manifest) {
    return manifest.files().stream()
        .filter(file -> file.path().startsWith("data/" + part + "-"))
        .mapToLong(ManifestFile::bytes)
        .sum();
  }

  private static List<String> tasks(PipelineSpec spec, List<Column> columns) {
    String classification = spec.modality() + "-classification";
    return columns.stream().anyMatch(Column.Spans.class::isInstance)
        ? List.of(classification, "token-classification")
        : List.of(classification);
  }

  private static List<Object> features(List<Column> columns) {
    List<Object> features = new ArrayList<>();
    for (Column column : columns) {
      if (column instanceof Column.ClassLabel label) {
        features.add(classLabel(column.name(), label.names()));
      } else if (column instanceof Column.ListOf list) {
        features.add(
            ordered(
                "name",
                column.name(),
                "list",
                list.names().isEmpty() ? dtype(list.type()) : labelClasses(list.names())));
      } else if (column instanceof Column.Spans spans) {
        List<Object> span =
            List.of(
                value("start", "int32"), value("end", "int32"), classLabel("label", spans.kinds()));
        features.add(ordered("name", column.name(), "list", span));
      } else if (column instanceof Column.Floats) {
        features.add(ordered("name", column.name(), "list", "float32"));
      } else if (column instanceof Column.Value value) {
        features.add(value(column.name(), dtype(value.type())));
      } else {
        features.add(value(column.name(), "image"));
      }
    }
    List<Object> score = List.of(value("name", "string"), value("value", "float64"));
    List<Object> fields =
        List.of(
            value("sample_id", "string"),
            value("is_synthetic", "bool"),
            value("generator", "string"),
            value("model_version", "string"),
            value("seed", "int64"),
            value("condition", "string"),
            ordered("name", "source_ids", "list", "string"),
            value("run_id", "string"),
            ordered("name", "scores", "list", score));
    features.add(ordered("name", "_graft", "struct", fields));
    return features;
  }

  private static Map<String, Object> classLabel(String name, List<String> classes) {
    return ordered("name", name, "dtype", labelClasses(classes));
  }

  private static Map<String, Object> labelClasses(List<String> classes) {
    Map<String, Object> names = new LinkedHashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      names.put(Integer.toString(i), classes.get(i));
    }
    return Map.of("class_label", Map.of("names", names));
  }

  private static String dtype(Column.Value.Type type) {
    return switch (type) {
      case STRING, INT64, BINARY -> type.name().toLowerCase(Locale.ROOT);
      case DOUBLE -> "float64";
      case BOOLEAN -> "bool";
    };
  }

  private static Map<String, Object> value(String name, String dtype) {
    return ordered("name", name, "dtype", dtype);
  }

  private static Map<String, Object> ordered(
      String key1, Object value1, String key2, Object value2) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key1, value1);
    map.put(key2, value2);
    return map;
  }

  private static String sizeCategory(long rows) {
    String[] steps = {"1K", "10K", "100K", "1M", "10M", "100M", "1B"};
    long bound = 1000;
    for (int i = 0; i < steps.length; i++, bound *= 10) {
      if (rows < bound) {
        return i == 0 ? "n<1K" : steps[i - 1] + "<n<" + steps[i];
      }
    }
    return "n>1B";
  }
}
