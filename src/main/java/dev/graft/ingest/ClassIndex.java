package dev.graft.ingest;

import dev.graft.data.LabelSets;
import dev.graft.modality.BadRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Class ids by name; classes may be sets of labels. A label that names no class is a {@code
 * mislabelled} record.
 */
public final class ClassIndex {
  private static final int NAMES_SHOWN = 12;

  private final List<String> names;
  private final List<String> labels;
  private final Map<String, Integer> ids = new HashMap<>();

  public ClassIndex(List<String> names) {
    this(names, List.of());
  }

  /**
   * @param labels of which the classes are sets; empty where they are none
   */
  public ClassIndex(List<String> names, List<String> labels) {
    this.labels = List.copyOf(labels);
    this.names = List.copyOf(names);
    for (String name : names) {
      ids.put(name, ids.size());
    }
  }

  public List<String> names() {
    return names;
  }

  /** The id of the class called {@code name}. */
  public int ofName(String name) throws BadRecord {
    Integer id = ids.get(name);
    if (id == null && !labels.isEmpty()) {
      List<String> unknown =
          LabelSets.labels(name).stream().filter(label -> !labels.contains(label)).toList();
      throw new BadRecord(
          "mislabelled",
          "\"" + String.join("\", \"", unknown) + "\" is none of the labels " + shown(labels));
    }
    if (id == null) {
      throw new BadRecord(
          "mislabelled", "the label \"" + name + "\" is none of the classes " + shown(names));
    }
    return id;
  }

  /** {@code label} itself, when it is an id. */
  public int ofId(long label) throws BadRecord {
    if (label < 0 || label >= names.size()) {
      throw new BadRecord(
          "mislabelled", "the label " + label + " is not from 0 to " + (names.size() - 1));
    }
    return (int) label;
  }

  private static String shown(List<String> names) {
    return names.size() <= NAMES_SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMES_SHOWN))
            + " and "
            + (names.size() - NAMES_SHOWN)
            + " more";
  }
}
