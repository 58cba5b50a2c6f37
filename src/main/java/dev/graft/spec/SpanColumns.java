package dev.graft.spec;

import dev.graft.spec.Vocabulary.SourceKeys;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads where the spans of a text come from: {@code spans}, a column of lists of spans and the
 * default, or {@code tags}, a column with a tag for each of the tokens that the column {@code text}
 * then lists.
 */
final class SpanColumns {
  private static final String SPANS = "spans";
  private static final String TAGS = "tags";

  private final SpecReading reading;
  private final String format;
  private final SourceKeys keys;
  private final List<String> kinds;

  /**
   * @param format of the source
   * @param keys of that format
   * @param kinds of spans; empty where a text has none
   */
  SpanColumns(SpecReading reading, String format, SourceKeys keys, List<String> kinds) {
    this.reading = reading;
    this.format = format;
    this.keys = keys;
    this.kinds = kinds;
  }

  /**
   * The settings of a source with the column of its spans.
   *
   * @param section {@code /source} or {@code /source/test}
   */
  Map<String, String> added(String section, Map<String, String> settings) {
    String dotted = section.substring(1).replace('/', '.');
    for (String key : List.of(SPANS, TAGS)) {
      if (kinds.isEmpty() && settings.containsKey(key)) {
        reading.problem(
            section + "/" + key,
            "%s.%s names a column of spans, and no kinds of spans are declared; declare them, as in"
                + " text: {spans: [city, date]}, or remove it",
            dotted,
            key);
      }
    }
    if (kinds.isEmpty()) {
      return settings;
    }
    if (!keys.columns().containsKey(SPANS)) {
      reading.problem(
          "/source/format",
          "a row has spans (%s), and a record of the format %s has no column for them; formats for"
              + " spans: %s",
          String.join(", ", kinds),
          format,
          reading.vocabulary().sourceFormats().entrySet().stream()
              .filter(entry -> entry.getValue().columns().containsKey(SPANS))
              .map(Map.Entry::getKey)
              .sorted()
              .collect(Collectors.joining(", ")));
    }
    if (settings.containsKey(SPANS) && settings.containsKey(TAGS)) {
      reading.problem(
          section + "/" + TAGS,
          "%s has both spans and tags; allowed: one of them, spans by their places or a tag for"
              + " each token",
          dotted);
    }
    Map<String, String> added = new TreeMap<>(settings);
    if (!settings.containsKey(TAGS)) {
      added.putIfAbsent(SPANS, SPANS);
    }
    return added;
  }
}
