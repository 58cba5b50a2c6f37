package dev.graft.ingest.format;

import dev.graft.data.GraftException;
import dev.graft.modality.BadRecord;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * {@code csv} (RFC 4180) and {@code tsv}: fields between separators, quoted ones with separators,
 * doubled quotes and line breaks inside. {@code header: none} says that the first line is a record
 * already; fields are then named 1, 2 and so on. {@code quote: none} takes quotes as they stand;
 * {@code separator} is one character. A record with more or fewer fields than the first line is
 * {@code ragged}.
 */
public final class DelimitedFormat extends RecordFormat {
  private static final String HEADER = "header";
  private static final String QUOTE = "quote";
  private static final String SEPARATOR = "separator";
  private static final String FIRST = "first";
  private static final String NONE = "none";

  private final String name;
  private final String separator;

  private DelimitedFormat(String name, String separator) {
    this.name = name;
    this.separator = separator;
  }

  /** {@code csv}. */
  public static DelimitedFormat csv() {
    return new DelimitedFormat("csv", ",");
  }

  /** {@code tsv}. */
  public static DelimitedFormat tsv() {
    return new DelimitedFormat("tsv", "\t");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  List<String> extensions() {
    return List.of("." + name);
  }

  @Override
  public Map<String, String> columns() {
    Map<String, String> columns = new HashMap<>(super.columns());
    columns.put(HEADER, FIRST);
    columns.put(QUOTE, "\"");
    columns.put(SEPARATOR, separator);
    return columns;
  }

  @Override
  Records open(Reader reader, String location, Map<String, String> settings) throws IOException {
    String header = settings.get(HEADER);
    if (!header.equals(FIRST) && !header.equals(NONE)) {
      throw GraftException.usage("source.header is %s; allowed: %s, %s", header, FIRST, NONE);
    }
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(character(settings, SEPARATOR))
            .setQuote(settings.get(QUOTE).equals(NONE) ? null : character(settings, QUOTE))
            .setIgnoreEmptyLines(true)
            .get();
    return new DelimitedRecords(
        CSVParser.builder().setReader(reader).setFormat(format).get(),
        location,
        header.equals(FIRST));
  }

  private static char character(Map<String, String> settings, String key) {
    String value = settings.get(key);
    if (value.length() != 1) {
      throw GraftException.usage("source.%s is \"%s\"; allowed: one character", key, value);
    }
    return value.charAt(0);
  }

  private static final class DelimitedRecords implements Records {
    private final CSVParser parser;
    private final Iterator<CSVRecord> iterator;
    private final String location;
    private final Map<String, Integer> places = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private CSVRecord waiting;
    private CSVRecord record;

    DelimitedRecords(CSVParser parser, String location, boolean named) throws IOException {
      this.parser = parser;
      this.iterator = parser.iterator();
      this.location = location;
      CSVRecord first = parse();
      for (int i = 0; first != null && i < first.size(); i++) {
        names.add(named ? first.get(i).strip() : Integer.toString(i + 1));
        places.putIfAbsent(names.get(i), i);
      }
      waiting = named ? null : first;
    }

    private CSVRecord parse() throws IOException {
      try {
        return iterator.hasNext() ? iterator.next() : null;
      } catch (UncheckedIOException e) {
        throw new IOException(
            location
                + ": "
                + e.getCause().getMessage()
                + "; quote: none takes quotes as they stand",
            e);
      } catch (IllegalStateException e) {
        throw new IOException(location + ": " + e.getMessage(), e);
      }
    }

    @Override
    public boolean next() throws IOException {
      record = waiting == null ? parse() : waiting;
      waiting = null;
      return record != null;
    }

    @Override
    public String field(String name, boolean required) throws BadRecord {
      Integer place = places.get(name);
      if (place == null) {
        if (required) {
          throw GraftException.input(
              "%s has no column \"%s\"; it has %s", location, name, String.join(", ", names));
        }
        return null;
      }
      if (record.size() != names.size()) {
        throw new BadRecord(
            "ragged", record.size() + " fields; the first line has " + names.size());
      }
      return record.get(place);
    }

    @Override
    public void close() throws IOException {
      parser.close();
    }
  }
}
