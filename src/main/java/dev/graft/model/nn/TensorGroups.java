package dev.graft.model.nn;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Several sets of tensors in one, told apart by prefixes of their names. */
public final class TensorGroups {
  private TensorGroups() {}

  /** Adds a set under a prefix. */
  public static void put(SortedMap<String, Tensor> all, String prefix, Map<String, Tensor> group) {
    group.forEach((name, tensor) -> all.put(prefix + name, tensor));
  }

  /** The set under a prefix, names without it. */
  public static SortedMap<String, Tensor> get(SortedMap<String, Tensor> all, String prefix) {
    SortedMap<String, Tensor> group = new TreeMap<>();
    all.tailMap(prefix)
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix)) {
                group.put(name.substring(prefix.length()), tensor);
              }
            });
    return group;
  }
}
