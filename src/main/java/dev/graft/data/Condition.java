package dev.graft.data;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a sample is asked to be: a class label and, for models that take them, further attributes.
 *
 * @param label class id, or -1 for an unlabelled dataset
 * @param attributes further conditions by name, in canonical text form
 */
public record Condition(int label, Map<String, String> attributes) implements Serializable {
  public Condition {
    attributes = Map.copyOf(attributes);
  }

  public static Condition ofLabel(int label) {
    return new Condition(label, Map.of());
  }

  /** Canonical text form: equal conditions have equal keys. */
  public String key() {
    if (attributes.isEmpty()) {
      return "label=" + label;
    }
    return "label="
        + label
        + new TreeMap<>(attributes)
            .entrySet().stream()
                .map(entry -> ";" + entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining());
  }
}
