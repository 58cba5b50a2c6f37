package dev.graft.spec;

import dev.graft.data.LabelSets;
import dev.graft.spec.Vocabulary.SourceKeys;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads what a source says of records of several labels. They are asked for by the key {@code
 * labels}, where that is a column and not, as of IDX files, a location.
 */
final class LabelColumns {
  private static final String LABELS = "labels";
  private static final String SEPARATOR = "label-separator";
  private static final String EMPTY = "empty-labels";
  private static final List<String> ALLOWED_EMPTY = List.of("refuse", "keep");
  private static final String MOST = "/source/max-label-sets";
  private static final int USUAL_MOST = 1000;

  private final SpecReading reading;
  private final String format;
  private final SourceKeys keys;

  LabelColumns(SpecReading reading, String format, SourceKeys keys) {
    this.reading = reading;
    this.format = format;
    this.keys = keys;
  }

  /** Whether records of this source have several labels. */
  boolean several() {
    return keys.labelColumns().containsKey(LABELS) && reading.has("/source/" + LABELS);
  }

  /** The most sets of labels; 0 where records have one. */
  int most() {
    if (several()) {
      return reading.has(MOST) ? reading.at(MOST).intValue() : USUAL_MOST;
    }
    if (reading.has(MOST)) {
      reading.problem(
          MOST,
          "source.max-label-sets is for records of several labels; %s, or remove it",
          keys.labelColumns().isEmpty()
              ? "the format " + format + " has none: use " + formats()
              : "name their column in source.labels");
    }
    return 0;
  }

  /**
   * Adds the columns of a section to its locations, and tells what does not fit.
   *
   * @param section {@code /source} or {@code /source/test}
   */
  void read(String section, Map<String, String> locations) {
    boolean own = keys.labelColumns().containsKey(LABELS) && reading.has(section + "/" + LABELS);
    if (own != several()) {
      reading.problem(
          section,
          "source%s labels and %s%s; name the column in both, or in neither",
          several() ? " has" : " has no",
          section.substring(1).replace('/', '.'),
          several() ? " has not" : " has");
    } else if (own) {
      fields(section, locations);
    } else {
      keys.labelColumns().keySet().stream()
          .filter(key -> !key.equals(LABELS) && reading.has(section + "/" + key))
          .sorted()
          .forEach(
              key ->
                  reading.problem(
                      section + "/" + key,
                      "%s is for records of several labels; name their column: labels: tags",
                      key));
    }
  }

  private void fields(String section, Map<String, String> locations) {
    keys.labelColumns()
        .forEach((key, usual) -> locations.put(key, reading.at(section + "/" + key).asText(usual)));
    if (reading.text(section + "/" + LABELS).isEmpty()) {
      reading.problem(section + "/" + LABELS, "labels is empty; name the column");
    }
    if (reading.has(section + "/label")) {
      reading.problem(
          section + "/label",
          "label is the column of one label and labels that of several; remove one of them");
    }
    if (!keys.lists() && locations.get(SEPARATOR).isEmpty()) {
      reading.problem(
          section + "/" + LABELS,
          "a field of the format %s is one text; say what is between labels, such as"
              + " label-separator: \";\"",
          format);
    }
    if (!ALLOWED_EMPTY.contains(locations.get(EMPTY))) {
      reading.problem(
          section + "/" + EMPTY,
          "empty-labels is %s; allowed: %s",
          locations.get(EMPTY),
          String.join(", ", ALLOWED_EMPTY));
    }
  }

  /** Declared classes are labels, each of which can be told from several. */
  void check(List<String> classes) {
    if (several()) {
      for (String label : classes) {
        if (!LabelSets.allowed(label)) {
          reading.problem(
              "/source/classes",
              "source.classes has the label \"%s\"; allowed: labels without a space at an end or"
                  + " beside a plus, other than %s",
              label,
              LabelSets.NONE);
        }
      }
    }
  }

  private String formats() {
    return reading.vocabulary().sourceFormats().entrySet().stream()
        .filter(entry -> !entry.getValue().labelColumns().isEmpty())
        .map(Map.Entry::getKey)
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
