package dev.graft.cli.init;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A file of records with named fields, as the source formats {@code csv}, {@code tsv} and {@code
 * jsonl} read it.
 *
 * @param format one of these
 * @param header whether the first line names the fields; else they are 1, 2 and so on
 * @param quoted whether quotation marks enclose fields
 */
record RecordTable(Path file, String format, boolean header, boolean quoted) {
  static final String CSV = "csv";
  static final String TSV = "tsv";
  static final String JSONL = "jsonl";

  /** Hands each record on, field by name, until {@code most}; unreadable lines are left out. */
  void forEach(long most, Consumer<Map<String, String>> use) throws IOException {
    try (Reader reader = open(file)) {
      if (format.equals(JSONL)) {
        objects(new BufferedReader(reader), most, use);
      } else {
        lines(reader, most, use);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void objects(BufferedReader lines, long most, Consumer<Map<String, String>> use)
      throws IOException {
    long count = 0;
    for (String line = lines.readLine(); line != null && count < most; line = lines.readLine()) {
      if (line.isBlank()) {
        continue;
      }
      Map<String, String> fields = new LinkedHashMap<>();
      JsonNode object = Json.mapper().readTree(line);
      object
          .fields()
          .forEachRemaining(
              field -> {
                if (field.getValue().isValueNode() && !field.getValue().isNull()) {
                  fields.put(field.getKey(), field.getValue().asText());
                }
              });
      use.accept(fields);
      count++;
    }
  }

  private void lines(Reader reader, long most, Consumer<Map<String, String>> use)
      throws IOException {
    CSVFormat rules =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(format.equals(TSV) ? '\t' : ',')
            .setQuote(quoted ? '"' : null)
            .setIgnoreEmptyLines(true)
            .get();
    List<String> names = new ArrayList<>();
    long count = 0;
    for (CSVRecord record : CSVParser.builder().setReader(reader).setFormat(rules).get()) {
      if (names.isEmpty()) {
        for (int i = 0; i < record.size(); i++) {
          names.add(header ? record.get(i).strip() : Integer.toString(i + 1));
        }
        if (header) {
          continue;
        }
      }
      if (count++ == most) {
        return;
      }
      if (record.size() == names.size()) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
          fields.put(names.get(i), record.get(i));
        }
        use.accept(fields);
      }
    }
  }

  /** Which of its columns hold text and class. */
  Optional<TextColumns> columns() throws IOException {
    TextColumns.Choice choice = new TextColumns.Choice();
    forEach(TextColumns.ROWS_TO_CHOOSE_BY, choice::add);
    return choice.columns();
  }

  /** Of a file without names: whether no value of the first line comes again in its column. */
  boolean startsWithNames() throws IOException {
    List<Map<String, String>> records = new ArrayList<>();
    forEach(TextColumns.ROWS_TO_CHOOSE_BY, records::add);
    return !records.isEmpty()
        && records.get(0).entrySet().stream()
            .noneMatch(
                field ->
                    records.stream()
                        .skip(1)
                        .anyMatch(r -> field.getValue().equals(r.get(field.getKey()))));
  }

  /** The beginning of a file's first line, unzipped. */
  static String firstLine(Path file) throws IOException {
    try (BufferedReader reader = new BufferedReader(open(file))) {
      char[] start = new char[4096];
      int length = Math.max(0, reader.read(start));
      return new String(start, 0, length).lines().findFirst().orElse("");
    }
  }

  private static Reader open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    in.mark(2);
    boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    return new InputStreamReader(zipped ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8);
  }
}
