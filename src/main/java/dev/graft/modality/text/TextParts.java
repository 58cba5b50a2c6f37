package dev.graft.modality.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The parts of a text that has several, such as a question and its answer: none is empty, none
 * holds a tab, and between two of them there is one.
 */
public final class TextParts {
  /** Other columns of what is published, of whatever case; no part has such a name. */
  static final List<String> RESERVED = List.of("label", "labels", "label_probs", "reason");

  private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
  private static final String BETWEEN = "\t";

  private TextParts() {}

  /** Whether a name is a letter, then letters, digits, hyphens and underscores, 64 at most. */
  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /** Whether a part may have a name: {@link #isName} and not {@link #RESERVED}. */
  public static boolean allowed(String name) {
    return isName(name) && !isReserved(name);
  }

  static boolean isReserved(String name) {
    return RESERVED.contains(name.toLowerCase(Locale.ROOT));
  }

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
