package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.spec.Vocabulary.SourceKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the columns of the parts of a row: a list, as long as the modality's own list of parts;
 * without it columns of the parts' names.
 */
final class PartColumns {
  private final SpecReading reading;
  private final String format;
  private final String key;
  private final List<String> parts;

  /**
   * @param format of the source
   * @param keys of that format
   * @param parts names of the parts of a row; empty where it is one value
   */
  PartColumns(SpecReading reading, String format, SourceKeys keys, List<String> parts) {
    this.reading = reading;
    this.format = format;
    this.key = keys.parts();
    this.parts = parts;
  }

  /**
   * The names as one setting; nothing where the key is that of a single column.
   *
   * @param section {@code /source} or {@code /source/test}
   */
  Optional<String> read(String section) {
    if (key.isEmpty()) {
      if (!parts.isEmpty()) {
        reading.problem(
            "/source/format",
            "a row has the parts %s, and a record of the format %s is one value; formats for parts:"
                + " %s",
            String.join(", ", parts),
            format,
            reading.vocabulary().sourceFormats().entrySet().stream()
                .filter(entry -> !entry.getValue().parts().isEmpty())
                .map(entry -> entry.getKey())
                .sorted()
                .collect(Collectors.joining(", ")));
      }
      return Optional.empty();
    }
    String place = section + "/" + key;
    JsonNode value = reading.at(place);
    List<String> names = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(name -> names.add(name.asText()));
    } else if (value.isTextual()) {
      names.add(value.textValue());
    } else {
      names.addAll(parts);
    }
    if (names.stream().anyMatch(name -> name.contains(SourceSpec.BETWEEN_COLUMNS))) {
      reading.problem(place, "%s holds a tab; allowed: names without", dotted(place));
    }
    if (parts.isEmpty() && names.size() > 1) {
      reading.problem(
          place,
          "%s names %d columns, and a row is one value; name one, or declare the parts: text:"
              + " {parts: [%s]}",
          dotted(place),
          names.size(),
          String.join(", ", names));
    } else if (!parts.isEmpty() && names.size() != parts.size()) {
      reading.problem(
          place,
          "%s names %d column%s, and a row has %d parts, %s; name one for each, in their order",
          dotted(place),
          names.size(),
          names.size() == 1 ? "" : "s",
          parts.size(),
          String.join(", ", parts));
    }
    return names.size() < 2
        ? Optional.empty()
        : Optional.of(String.join(SourceSpec.BETWEEN_COLUMNS, names));
  }

  private static String dotted(String pointer) {
    return pointer.substring(1).replace('/', '.');
  }
}
