package dev.graft.modality.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The parts of a text that has several, such as a question and its answer: none is empty, none
 * holds a tab, and between two of them there is one.
 */
public final class TextParts {
  private static final String BETWEEN = "\t";

  private TextParts() {}

  /** One text of its parts. */
  public static String joined(Collection<String> parts) {
    return String.join(BETWEEN, parts);
  }

  /** What stands between the tabs of a text, in order; a part may be empty. */
  public static List<String> of(String text) {
    return List.of(text.split(BETWEEN, -1));
  }

  /** Whether a text has so many parts and none of them is empty. */
  public static boolean complete(String text, int count) {
    List<String> parts = of(text);
    return parts.size() == count && parts.stream().noneMatch(String::isBlank);
  }

  /** What is worked on piece by piece: the parts where there are several, the text where not. */
  public static List<String> pieces(String text, boolean parted) {
    return parted ? of(text) : List.of(text);
  }

  /** The parts, as many as are declared: missing ones are null, the last one has the rest. */
  public static List<String> exactly(String text, int count) {
    List<String> parts = new ArrayList<>(List.of(text.split(BETWEEN, count)));
    while (parts.size() < count) {
      parts.add(null);
    }
    return parts;
  }
}
