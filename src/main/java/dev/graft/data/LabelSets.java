package dev.graft.data;

import java.io.Serializable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Rows of several labels as rows of one class: each set of labels that occurs is a class, the label
 * powerset transformation (Tsoumakas & Katakis 2007, "Multi-label classification: an overview").
 * The name of a class is its labels in order with {@value #BETWEEN} between them, or {@value
 * #NONE}; a name tells its labels because no label is {@link #allowed} that could be taken for
 * several.
 */
public final class LabelSets implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Between the labels of a class. */
  public static final String BETWEEN = " + ";

  /** The class of rows without a label. */
  public static final String NONE = "(none)";

  private static final Pattern SEPARATOR = Pattern.compile(Pattern.quote(BETWEEN));
  private static final String PLUS_BEFORE = "+ ";
  private static final String PLUS_AFTER = " +";

  private final List<String> labels;
  private final List<List<Long>> ofClass;

  private LabelSets(List<String> labels, List<String> classes) {
    this.labels = labels;
    this.ofClass =
        (labels.isEmpty() ? List.<String>of() : classes)
            .stream()
                .map(
                    name ->
                        labels(name).stream()
                            .map(label -> (long) labels.indexOf(label))
                            .sorted(Comparator.naturalOrder())
                            .toList())
                .toList();
  }

  /** The sets of a dataset whose rows have several labels; none where they have one. */
  public static LabelSets of(DatasetSchema schema) {
    return new LabelSets(schema.labels(), schema.classes());
  }

  /** Whether a label can be told from several: not blank, no space beside a plus, not the empty. */
  public static boolean allowed(String label) {
    return !label.isBlank()
        && label.equals(label.strip())
        && !label.contains(PLUS_BEFORE)
        && !label.contains(PLUS_AFTER)
        && !label.equals(NONE);
  }

  /**
   * The name of the class of a set.
   *
   * @param labels {@link #allowed}, in any order
   */
  public static String name(Collection<String> labels) {
    return labels.isEmpty() ? NONE : String.join(BETWEEN, new TreeSet<>(labels));
  }

  /** The labels of the class of this name, in order. */
  public static List<String> labels(String name) {
    return name.equals(NONE) ? List.of() : List.of(SEPARATOR.split(name));
  }

  /** All labels of classes, in order. */
  public static List<String> all(Collection<String> classes) {
    TreeSet<String> labels = new TreeSet<>();
    classes.forEach(name -> labels.addAll(labels(name)));
    return List.copyOf(labels);
  }

  /** Names of the labels, by id. */
  public List<String> labels() {
    return labels;
  }

  /** Ids of the labels of a class, ascending. */
  public List<Long> ofClass(int id) {
    return ofClass.get(id);
  }
}
