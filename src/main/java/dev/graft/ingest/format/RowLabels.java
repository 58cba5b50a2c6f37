package dev.graft.ingest.format;

import dev.graft.data.LabelSets;
import dev.graft.modality.BadRecord;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The set of labels of a record, for sources whose records have several. Keys of {@code source}
 * beside the format's own:
 *
 * <ul>
 *   <li>{@code labels}, the field that holds them; takes the place of {@code label};
 *   <li>{@code label-separator}, what is between them where the field is a text;
 *   <li>{@code empty-labels}: {@code refuse} (the default) sets a record without a label aside,
 *       {@code keep} takes the empty set for a class.
 * </ul>
 *
 * @param className of the set, {@link LabelSets#name}
 * @param repeated whether a label stood there more than once, which counts as once
 */
record RowLabels(String className, boolean repeated) {
  static final String LABELS = "labels";
  static final String SEPARATOR = "label-separator";
  static final String EMPTY = "empty-labels";

  /** The counter of records in which a label stood more than once. */
  static final String REPEATED = "repeated-labels";

  static final String REFUSE = "refuse";
  static final String KEEP = "keep";

  /** Bad records: of a missing label, and of one that is not what a label may be. */
  private static final String UNLABELLED = "unlabelled";

  static final String MISLABELLED = "mislabelled";

  /** Keys with their defaults. */
  static Map<String, String> columns() {
    return Map.of(LABELS, "", SEPARATOR, "", EMPTY, REFUSE);
  }

  /** Whether records have several labels. */
  static boolean several(Map<String, String> settings) {
    return !settings.getOrDefault(LABELS, "").isEmpty();
  }

  /**
   * The labels of a text.
   *
   * @throws BadRecord {@code mislabelled} without a declared separator, {@code unlabelled}
   */
  static RowLabels ofText(String text, Map<String, String> settings) throws BadRecord {
    String separator = settings.getOrDefault(SEPARATOR, "");
    if (separator.isEmpty()) {
      throw new BadRecord(
          MISLABELLED,
          "\""
              + settings.get(LABELS)
              + "\" is a text; allowed: a list of texts, or a text with source.label-separator");
    }
    return ofList(
        text.isBlank() ? List.of() : List.of(text.split(Pattern.quote(separator), -1)), settings);
  }

  /**
   * The labels of a list; white space around one is not of it.
   *
   * @throws BadRecord {@code mislabelled} for a missing or blank label and one that cannot be told
   *     from several, {@code undecodable}, {@code unlabelled} for none where that is not declared
   */
  static RowLabels ofList(List<String> labels, Map<String, String> settings) throws BadRecord {
    TreeSet<String> set = new TreeSet<>();
    for (String stated : labels) {
      String label = stated == null ? "" : stated.strip();
      if (label.isEmpty()) {
        throw new BadRecord(
            MISLABELLED, "a label of \"" + settings.get(LABELS) + "\" is empty; write a name");
      }
      if (SourceText.isBroken(label)) {
        throw new BadRecord(
            "undecodable", "a label holds bytes that are no text, or half a character");
      }
      if (!LabelSets.allowed(label)) {
        throw new BadRecord(
            MISLABELLED,
            "the label \""
                + label
                + "\" holds a plus beside a space, or is the name of the empty set, \""
                + LabelSets.NONE
                + "\"; rename it");
      }
      set.add(label);
    }
    if (set.isEmpty() && !settings.getOrDefault(EMPTY, REFUSE).equals(KEEP)) {
      throw new BadRecord(
          UNLABELLED,
          "the record has no label; source.empty-labels: keep makes such records a class");
    }
    return new RowLabels(
        LabelSets.name(Collections.unmodifiableSet(set)), set.size() < labels.size());
  }
}
