package dev.graft.cli.init;

import dev.graft.spec.SourceSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Texts, or pairs of them, with a class in a CSV, TSV or JSON Lines file, or in a folder of such
 * files; one named {@code test} is an official test set.
 */
final class RecordScout implements Scout {
  private static final Pattern TEST = Pattern.compile("(?i).*\\btest\\b.*");
  private static final Map<String, String> EXTENSIONS =
      Map.of(
          ".csv", RecordTable.CSV,
          ".tsv", RecordTable.TSV,
          ".jsonl", RecordTable.JSONL,
          ".ndjson", RecordTable.JSONL);

  @Override
  public Optional<Found> look(Path place) throws IOException {
    List<Path> files = files(place);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    List<Path> tests = files.stream().filter(file -> isTest(place, file)).toList();
    boolean official = tests.size() == 1 && files.size() == 2;
    Path first = files.stream().filter(file -> !official || !isTest(place, file)).findFirst().get();
    RecordTable table = table(first);
    Optional<TextColumns> columns = table.columns();
    if (columns.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Long> counts = new TreeMap<>();
    TextFacts facts = new TextFacts(columns.get().parts());
    for (Path file : official ? List.of(first) : files) {
      new RecordTable(file, table.format(), table.header(), table.quoted())
          .forEach(
              Long.MAX_VALUE,
              fields -> {
                facts.look(columns.get().texts().stream().map(fields::get).toList());
                String label = fields.get(columns.get().label());
                if (label != null && !label.isEmpty()) {
                  counts.merge(label, 1L, Long::sum);
                }
              });
    }
    Path root = official ? first : place;
    return Optional.of(
        new Found(
            table.format(),
            locations(root, table, columns.get()),
            official ? locations(tests.get(0), table, columns.get()) : Map.of(),
            counts,
            false,
            false,
            facts));
  }

  private static Map<String, String> locations(Path root, RecordTable table, TextColumns columns) {
    Map<String, String> locations = new LinkedHashMap<>();
    locations.put("path", root.toString());
    locations.put("text", String.join(SourceSpec.BETWEEN_COLUMNS, columns.texts()));
    locations.put("label", columns.label());
    if (!table.header()) {
      locations.put("header", "none");
    }
    if (!table.quoted()) {
      locations.put("quote", "none");
    }
    return locations;
  }

  private static boolean isTest(Path place, Path file) {
    return !file.equals(place)
        && TEST.matcher(file.getFileName().toString().replace('_', ' ')).matches();
  }

  /** Files of the format that the first of them has. */
  private static List<Path> files(Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      return format(place).isPresent() ? List.of(place) : List.of();
    }
    List<Path> known;
    try (Stream<Path> all = Files.list(place)) {
      known =
          all.filter(Files::isRegularFile)
              .filter(file -> extension(file).isPresent())
              .sorted()
              .toList();
    }
    return known.stream().filter(file -> extension(file).equals(extension(known.get(0)))).toList();
  }

  private static Optional<String> extension(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
    int dot = name.lastIndexOf('.');
    return Optional.ofNullable(dot < 0 ? null : EXTENSIONS.get(name.substring(dot)));
  }

  /** By the name, or by what the first line looks like where the user has named this very file. */
  private static Optional<String> format(Path file) throws IOException {
    Optional<String> named = extension(file);
    if (named.isPresent() || file.getFileName().toString().contains(".")) {
      return named;
    }
    String line = RecordTable.firstLine(file);
    return line.startsWith("{")
        ? Optional.of(RecordTable.JSONL)
        : line.contains("\t") ? Optional.of(RecordTable.TSV) : Optional.empty();
  }

  /** Settings under which every record of the beginning has the same fields. */
  private static RecordTable table(Path file) throws IOException {
    String format = format(file).orElseThrow();
    if (format.equals(RecordTable.JSONL)) {
      return new RecordTable(file, format, true, true);
    }
    boolean quoted = !format.equals(RecordTable.TSV) || !hasStrayQuotes(file);
    RecordTable named = new RecordTable(file, format, true, quoted);
    RecordTable bare = new RecordTable(file, format, false, quoted);
    return bare.startsWithNames() ? named : bare;
  }

  /** A quotation mark that encloses no field. */
  private static boolean hasStrayQuotes(Path file) throws IOException {
    boolean[] stray = new boolean[1];
    new RecordTable(file, RecordTable.TSV, false, false)
        .forEach(
            Long.MAX_VALUE,
            fields ->
                fields
                    .values()
                    .forEach(
                        value ->
                            stray[0] |=
                                value.startsWith("\"") != value.endsWith("\"")
                                    || value.equals("\"")));
    return stray[0];
  }
}
