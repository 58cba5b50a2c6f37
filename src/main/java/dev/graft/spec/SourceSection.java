package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.spec.SourceSpec.RecordLimits;
import dev.graft.spec.SourceSpec.Take;
import dev.graft.spec.SpecFile.SampleDataSpec;
import dev.graft.spec.Vocabulary.SourceKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code source}. */
final class SourceSection {
  static final String RUN_DATE = "${run-date}";

  /** Kinds of sample data that are a CSV file. */
  private static final Set<String> TEXT_SAMPLES = Set.of("utterances", "pairs");

  private final SpecReading reading;

  SourceSection(SpecReading reading) {
    this.reading = reading;
  }

  /**
   * @param parts names of the parts of a row; empty where it is one value
   * @param spans kinds of the spans of a text; empty where it has none
   */
  SourceSpec read(List<String> parts, List<String> spans) {
    String format = reading.text("/source/format");
    Map<String, SourceKeys> formats = reading.vocabulary().sourceFormats();
    if (!reading.known("/source/format", "source format", format, formats.keySet())) {
      return null;
    }
    SourceKeys keys = formats.get(format);
    PartColumns partColumns = new PartColumns(reading, format, keys, parts);
    LabelColumns labels = new LabelColumns(reading, format, keys);
    SpanColumns spanColumns = new SpanColumns(reading, format, keys, spans);
    List<String> classes = new ArrayList<>();
    reading.at("/source/classes").forEach(name -> classes.add(name.asText()));
    labels.check(classes);
    return new SourceSpec(
        format,
        spanColumns.added("/source", locations("/source", format, keys, partColumns, labels)),
        reading.has("/source/test")
            ? spanColumns.added(
                "/source/test", locations("/source/test", format, keys, partColumns, labels))
            : Map.of(),
        classes,
        reading.text("/source/synthetic").equals("allow"),
        share(reading.at("/source/max-bad-records")),
        new RecordLimits(
            reading.at("/source/limits/pixels").longValue(),
            bytes(reading.at("/source/limits/bytes"))),
        take(),
        labels.most());
  }

  private Take take() {
    if (!reading.has("/source/take")) {
      return Take.ALL;
    }
    if (reading.has("/split/by")) {
      reading.problem(
          "/source/take",
          "source.take draws single rows and split.by keeps groups whole; remove one of them");
    }
    Map<String, Integer> classes = new TreeMap<>();
    reading
        .at("/source/take/classes")
        .fields()
        .forEachRemaining(entry -> classes.put(entry.getKey(), entry.getValue().intValue()));
    return new Take(reading.at("/source/take/per-class").intValue(), classes);
  }

  Optional<SampleDataSpec> sampleData() {
    if (!reading.has("/source/sample-data")) {
      return Optional.empty();
    }
    JsonNode section = reading.at("/source/sample-data");
    String kind = section.path("kind").asText();
    String format = TEXT_SAMPLES.contains(kind) ? "csv" : "class-folders";
    if (!reading.text("/source/format").equals(format)) {
      reading.problem(
          "/source/sample-data",
          "sample-data of the kind %s makes %s; set source.format: %s",
          kind,
          format.equals("csv") ? "a CSV file" : "class folders",
          format);
      return Optional.empty();
    }
    return Optional.of(
        new SampleDataSpec(
            reading.absolute(dated("/source/path")),
            kind,
            section.path("per-class").intValue(),
            section.path("seed").longValue()));
  }

  private Map<String, String> locations(
      String pointer, String format, SourceKeys keys, PartColumns parts, LabelColumns labels) {
    Map<String, String> locations = new TreeMap<>();
    for (String key : keys.paths()) {
      String place = pointer + "/" + key;
      if (!reading.has(place)) {
        reading.problem(
            pointer,
            "missing key \"%s\" in %s; the format %s needs %s",
            key,
            pointer.substring(1).replace('/', '.'),
            format,
            String.join(", ", keys.paths()));
      } else if (reading.text(place).isEmpty()) {
        reading.problem(place, "%s is empty", place.substring(1).replace('/', '.'));
      } else {
        locations.put(key, reading.absolute(dated(place)));
      }
    }
    keys.columns()
        .forEach(
            (key, name) -> {
              String value = reading.at(pointer + "/" + key).asText(name);
              if (!value.isEmpty()) {
                locations.put(key, value);
              }
            });
    parts.read(pointer).ifPresent(columns -> locations.put(keys.parts(), columns));
    labels.read(pointer, locations);
    for (String key : allKeys()) {
      if (reading.has(pointer + "/" + key) && !keys.all().contains(key)) {
        reading.problem(
            pointer + "/" + key,
            "the format %s has no key \"%s\"; it takes %s",
            format,
            key,
            String.join(", ", keys.all()));
      }
    }
    return locations;
  }

  private List<String> allKeys() {
    return reading.vocabulary().sourceFormats().values().stream()
        .flatMap(keys -> keys.all().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private String dated(String pointer) {
    String location = reading.text(pointer);
    if (location.contains(RUN_DATE) && reading.request().runDate().isEmpty()) {
      reading.problem(
          pointer,
          "%s holds %s; give the date with --run-date YYYY-MM-DD",
          pointer.substring(1).replace('/', '.'),
          RUN_DATE);
    }
    return location.replace(RUN_DATE, reading.request().runDate());
  }

  private double share(JsonNode value) {
    if (value.isNumber()) {
      return value.doubleValue();
    }
    double share = Double.parseDouble(value.textValue().replace("%", "")) / 100;
    if (share > 1) {
      reading.problem(
          "/source/max-bad-records",
          "source.max-bad-records is %s: must be at most 100%%",
          value.textValue());
    }
    return share;
  }

  static long bytes(JsonNode value) {
    if (value.isNumber()) {
      return value.longValue();
    }
    String text = value.textValue().replace(" ", "");
    String unit = text.replaceFirst("^[0-9]+", "");
    long base = unit.contains("i") ? 1024 : 1000;
    long size = Long.parseLong(text.substring(0, text.length() - unit.length()));
    return switch (unit.charAt(0)) {
      case 'K' -> size * base;
      case 'M' -> size * base * base;
      case 'G' -> size * base * base * base;
      default -> size;
    };
  }
}
