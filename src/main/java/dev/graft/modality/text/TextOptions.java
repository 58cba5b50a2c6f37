package dev.graft.modality.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import java.util.Iterator;
import java.util.List;

/**
 * The {@code text} section of a spec.
 *
 * @param maxBytes bytes of a row in UTF-8, at most
 * @param cut whether longer texts are cut rather than set aside
 * @param lower whether letters are made lower case
 * @param collapse whether each run of white space becomes one space
 */
record TextOptions(int maxBytes, boolean cut, boolean lower, boolean collapse) {
  static final int LEAST_BYTES = 8;
  static final int MOST_BYTES = 8_192;

  private static final int USUAL_BYTES = 256;
  private static final String MAX_BYTES = "max-bytes";
  private static final String TOO_LONG = "too-long";
  private static final String CASE = "case";
  private static final String WHITE_SPACE = "white-space";
  private static final List<String> KEYS = List.of(MAX_BYTES, TOO_LONG, CASE, WHITE_SPACE);

  /**
   * Reads and checks the section; null or nothing gives the defaults.
   *
   * @throws GraftException (exit 2) for an unknown key or a value that is not allowed
   */
  static TextOptions parse(JsonNode options) {
    if (options == null || options.isMissingNode() || options.isNull()) {
      return new TextOptions(USUAL_BYTES, false, false, true);
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
    return new TextOptions(
        bytes(options.path(MAX_BYTES)),
        second(options, TOO_LONG, "refuse", "cut"),
        second(options, CASE, "keep", "lower"),
        !second(options, WHITE_SPACE, "collapse", "keep"));
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
