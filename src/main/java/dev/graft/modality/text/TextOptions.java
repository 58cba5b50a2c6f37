package dev.graft.modality.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The {@code text} section of a spec.
 *
 * @param maxBytes bytes of a row in UTF-8, at most
 * @param cut whether longer texts are cut rather than set aside
 * @param lower whether letters are made lower case
 * @param collapse whether each run of white space becomes one space
 * @param parts names of the texts of a row, in order; empty where it is one
 * @param spans kinds of the labelled stretches of a text; empty where it has none
 */
record TextOptions(
    int maxBytes,
    boolean cut,
    boolean lower,
    boolean collapse,
    List<String> parts,
    List<String> spans) {
  static final int LEAST_BYTES = 8;
  static final int MOST_BYTES = 8_192;

  private static final int USUAL_BYTES = 256;
  private static final String MAX_BYTES = "max-bytes";
  private static final String TOO_LONG = "too-long";
  private static final String CASE = "case";
  private static final String WHITE_SPACE = "white-space";
  private static final String PARTS = "parts";
  private static final String SPANS = "spans";
  private static final List<String> KEYS =
      List.of(PARTS, SPANS, MAX_BYTES, TOO_LONG, CASE, WHITE_SPACE);
  private static final int MOST_PARTS = 8;

  TextOptions {
    parts = List.copyOf(parts);
    spans = List.copyOf(spans);
  }

  /**
   * Reads and checks the section; null or nothing gives the defaults.
   *
   * @throws GraftException (exit 2) for an unknown key or a value that is not allowed
   */
  static TextOptions parse(JsonNode options) {
    if (options == null || options.isMissingNode() || options.isNull()) {
      return new TextOptions(USUAL_BYTES, false, false, true, List.of(), List.of());
    }
    if (!options.isObject()) {
      throw GraftException.usage("the section `text` is %s; allowed: keys and values", options);
    }
    for (Iterator<String> names = options.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!KEYS.contains(name)) {
        throw GraftException.usage(
            "unknown key text.%s; allowed: %s", name, String.join(", ", KEYS));
      }
    }
    List<String> parts = parts(options.path(PARTS));
    boolean collapse = !second(options, WHITE_SPACE, "collapse", "keep");
    if (!parts.isEmpty() && !collapse) {
      throw GraftException.usage(
          "text.white-space is keep, and text.parts names %d parts, which a tab divides; allowed:"
              + " collapse",
          parts.size());
    }
    List<String> spans = spans(options.path(SPANS));
    if (!parts.isEmpty() && !spans.isEmpty()) {
      throw GraftException.usage(
          "the section `text` has both parts and spans; allowed: one of them: a row with spans is"
              + " one text");
    }
    return new TextOptions(
        bytes(options.path(MAX_BYTES)),
        second(options, TOO_LONG, "refuse", "cut"),
        second(options, CASE, "keep", "lower"),
        collapse,
        parts,
        spans);
  }

  private static List<String> spans(JsonNode value) {
    if (value.isMissingNode()) {
      return List.of();
    }
    List<String> kinds = new ArrayList<>();
    value.forEach(kind -> kinds.add(kind.asText()));
    if (!value.isArray() || kinds.isEmpty() || kinds.size() > TextSpans.MOST_KINDS) {
      throw GraftException.usage(
          "text.spans is %s; allowed: a list of 1 to %d kinds of spans, such as [city, date]",
          value, TextSpans.MOST_KINDS);
    }
    if (kinds.stream().anyMatch(String::isBlank)
        || kinds.stream().distinct().count() < kinds.size()) {
      throw GraftException.usage(
          "text.spans is %s; allowed: names that differ, none of them blank", value);
    }
    return kinds;
  }

  private static List<String> parts(JsonNode value) {
    if (value.isMissingNode()) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    value.forEach(name -> names.add(name.asText()));
    if (!value.isArray() || names.size() < 2 || names.size() > MOST_PARTS) {
      throw GraftException.usage(
          "text.parts is %s; allowed: a list of 2 to %d names; without it a row is one text",
          value, MOST_PARTS);
    }
    for (String name : names) {
      if (!TextParts.isName(name)) {
        throw GraftException.usage(
            "text.parts has \"%s\"; allowed: a letter, then letters, digits, hyphens and"
                + " underscores, 64 at most",
            name);
      }
      if (TextParts.isReserved(name)) {
        throw GraftException.usage(
            "text.parts has \"%s\", which is another column of what is published; allowed: any name"
                + " but %s",
            name, String.join(", ", TextParts.RESERVED));
      }
    }
    // Many readers of columns take names for the same that differ in their case alone.
    if (names.stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().count()
        < names.size()) {
      throw GraftException.usage(
          "text.parts is %s; allowed: names that differ, and not in their case alone",
          String.join(", ", names));
    }
    return names;
  }

  private static int bytes(JsonNode value) {
    if (value.isMissingNode()) {
      return USUAL_BYTES;
    }
    if (!value.isInt() || value.intValue() < LEAST_BYTES || value.intValue() > MOST_BYTES) {
      throw GraftException.usage(
          "text.max-bytes is %s; allowed: %d to %d", value, LEAST_BYTES, MOST_BYTES);
    }
    return value.intValue();
  }

  /** Whether a key has the second of its two values; the first one is the default. */
  private static boolean second(JsonNode options, String key, String first, String second) {
    String value = options.path(key).asText(first);
    if (!value.equals(first) && !value.equals(second)) {
      throw GraftException.usage("text.%s is %s; allowed: %s, %s", key, value, first, second);
    }
    return value.equals(second);
  }
}
