package dev.graft.ingest.format;

import dev.graft.data.Counters;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.ingest.ClassIndex;
import dev.graft.ingest.RecordSink;
import dev.graft.ingest.SourceFiles;
import dev.graft.ingest.SourceFiles.SourceFile;
import dev.graft.ingest.SourceFormat;
import dev.graft.ingest.SourceRange;
import dev.graft.ingest.SourceRecord;
import dev.graft.modality.BadRecord;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A file of records with named fields, or every such file below a folder, plain or gzipped. Keys of
 * {@code source} beside {@code path}:
 *
 * <ul>
 *   <li>{@code text} and {@code label}, the fields that hold the text, or a list of those that hold
 *       its parts, and the name of its class;
 *   <li>{@code labels} in place of {@code label} where a record has several, {@link RowLabels};
 *   <li>{@code spans}, for texts with spans: the field with a list of objects with {@code start},
 *       {@code end} and {@code label}, or that list as JSON text; or {@code tags}, the field with a
 *       list of tags, one for each of the tokens that the field {@code text} then lists;
 *   <li>{@code encoding} of the files, UTF-8 by default;
 *   <li>{@code unlisted}: {@code refuse} (the default) sets a record aside whose label is none of
 *       the classes or is missing, {@code skip} passes over it.
 * </ul>
 *
 * <p>A record whose field {@code is_synthetic} is true says that a model made it. A file is read
 * from its beginning by every range of it, for only that tells where a record begins.
 */
abstract class RecordFormat implements SourceFormat {
  static final String PATH = "path";
  static final String TEXT = "text";
  static final String LABEL = "label";
  static final String SPANS = "spans";
  static final String TAGS = "tags";
  static final String ENCODING = "encoding";

  private static final String UNLISTED = "unlisted";
  private static final String REFUSE = "refuse";
  private static final String SKIP = "skip";
  private static final String SYNTHETIC = "is_synthetic";
  private static final long RECORDS_PER_RANGE = 50_000;

  /** The records of one file, in order. */
  interface Records extends Closeable {
    /** Goes to the next record; false when there is none. */
    boolean next() throws IOException;

    /**
     * A field of this record.
     *
     * @param required whether it is a bad record when it has no such field
     * @return null when it has none
     */
    String field(String name, boolean required) throws BadRecord;

    /**
     * The texts of a field that is a list.
     *
     * @return null when it is a text
     */
    default List<String> list(String name) throws BadRecord {
      return null;
    }

    /** A field of this record that must be there, as JSON: by default its text is JSON. */
    default String json(String name) throws BadRecord {
      return field(name, true);
    }
  }

  /** Ends of the names of files in a folder, such as {@code .csv}. */
  abstract List<String> extensions();

  /**
   * Opens a file.
   *
   * @param settings values of {@link #columns}
   */
  abstract Records open(Reader reader, String location, Map<String, String> settings)
      throws IOException;

  @Override
  public final List<String> paths() {
    return List.of(PATH);
  }

  @Override
  public Map<String, String> columns() {
    return Map.of(
        TEXT, TEXT, LABEL, LABEL, SPANS, "", TAGS, "", ENCODING, "UTF-8", UNLISTED, REFUSE);
  }

  @Override
  public final Map<String, String> labelColumns() {
    return RowLabels.columns();
  }

  @Override
  public final String partsKey() {
    return TEXT;
  }

  @Override
  public final boolean hasGroups() {
    return true;
  }

  @Override
  public final List<String> classes(Map<String, String> settings) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (SourceFile file : files(settings.get(PATH))) {
      try (Records records = open(file.location(), settings)) {
        while (records.next()) {
          String label = label(records, settings);
          if (label != null) {
            names.add(label);
          }
        }
      }
    }
    return List.copyOf(names);
  }

  /** A name that a class may have; null when this record has none. */
  private static String label(Records records, Map<String, String> settings) {
    try {
      if (RowLabels.several(settings)) {
        return labels(records, settings).className();
      }
      String label = records.field(settings.get(LABEL), true);
      return label == null || label.isEmpty() || SourceText.isBroken(label) ? null : label;
    } catch (BadRecord e) {
      return null;
    }
  }

  private static RowLabels labels(Records records, Map<String, String> settings) throws BadRecord {
    String column = settings.get(RowLabels.LABELS);
    List<String> listed = records.list(column);
    return listed == null
        ? RowLabels.ofText(records.field(column, true), settings)
        : RowLabels.ofList(listed, settings);
  }

  @Override
  public final List<SourceRange> ranges(Map<String, String> settings, RecordLimits limits)
      throws IOException {
    String unlisted = settings.get(UNLISTED);
    if (!unlisted.equals(REFUSE) && !unlisted.equals(SKIP)) {
      throw GraftException.usage("source.unlisted is %s; allowed: %s, %s", unlisted, REFUSE, SKIP);
    }
    List<SourceRange> ranges = new ArrayList<>();
    for (SourceFile file : files(settings.get(PATH))) {
      long count = 0;
      try (Records records = open(file.location(), settings)) {
        while (records.next()) {
          count++;
        }
      }
      for (long from = 0; from < count; from += RECORDS_PER_RANGE) {
        long to = Math.min(count, from + RECORDS_PER_RANGE);
        ranges.add(new SourceRange(settings, List.of(file.name()), from, to, from, to - from));
      }
    }
    return ranges;
  }

  @Override
  public final void read(SourceRange range, RecordSink sink) throws IOException {
    Map<String, String> settings = range.locations();
    String name = range.files().get(0);
    String root = settings.get(PATH);
    Set<String> listed = new HashSet<>(sink.classes().names());
    boolean skips = settings.get(UNLISTED).equals(SKIP);
    String location = SourceFiles.isFolder(root) ? Storage.resolve(root, name) : root;
    try (Records records = open(location, settings)) {
      for (long index = 0; index < range.to() && records.next(); index++) {
        if (index < range.from()) {
          continue;
        }
        if (skips && !listed.contains(String.valueOf(label(records, settings)))) {
          Counters.named("unlisted").inc();
          continue;
        }
        try {
          sink.accept(record(records, settings, name, index, sink));
        } catch (BadRecord e) {
          sink.reject(name, index, e);
        }
      }
    }
  }

  private static SourceRecord record(
      Records records, Map<String, String> settings, String file, long index, RecordSink sink)
      throws BadRecord {
    List<String> parts = parts(records, settings);
    int label = label(records, settings, sink.classes());
    String group =
        sink.groupColumn().isEmpty()
            ? ""
            : sound(records.field(sink.groupColumn(), true), settings);
    String synthetic = records.field(SYNTHETIC, false);
    return new SourceRecord(
        file,
        index,
        label,
        group,
        synthetic != null && synthetic.toLowerCase(Locale.ROOT).equals("true"),
        PartColumns.record(parts).getBytes(StandardCharsets.UTF_8),
        Optional.empty());
  }

  private static int label(Records records, Map<String, String> settings, ClassIndex classes)
      throws BadRecord {
    if (!RowLabels.several(settings)) {
      return classes.ofName(sound(records.field(settings.get(LABEL), true), settings));
    }
    RowLabels labels = labels(records, settings);
    int label = classes.ofName(labels.className());
    if (labels.repeated()) {
      Counters.named(RowLabels.REPEATED).inc();
    }
    return label;
  }

  private static List<String> parts(Records records, Map<String, String> settings)
      throws BadRecord {
    String tags = settings.getOrDefault(TAGS, "");
    if (!tags.isEmpty()) {
      List<String> marked =
          TaggedTokens.record(
              sound(records.json(settings.get(TEXT)), settings),
              sound(records.json(tags), settings));
      return List.of(sound(marked.get(0), settings), sound(marked.get(1), settings));
    }
    List<String> parts = new ArrayList<>();
    for (String column : PartColumns.of(settings.get(TEXT))) {
      parts.add(sound(records.field(column, true), settings));
    }
    String spans = settings.getOrDefault(SPANS, "");
    if (!spans.isEmpty()) {
      parts.add(sound(records.json(spans), settings));
    }
    return parts;
  }

  private static String sound(String field, Map<String, String> settings) throws BadRecord {
    if (SourceText.isBroken(field)) {
      throw new BadRecord(
          "undecodable",
          "the record holds bytes that are not "
              + settings.get(ENCODING)
              + ", or half a character");
    }
    return field;
  }

  private Records open(String location, Map<String, String> settings) throws IOException {
    Reader reader = SourceText.open(location, settings.get(ENCODING));
    try {
      return open(reader, location, settings);
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private List<SourceFile> files(String location) {
    if (!SourceFiles.isFolder(location)) {
      return SourceFiles.at(location);
    }
    List<SourceFile> files =
        SourceFiles.at(location).stream()
            .filter(
                file -> {
                  String name = file.name().toLowerCase(Locale.ROOT);
                  return extensions().stream()
                      .anyMatch(end -> name.endsWith(end) || name.endsWith(end + ".gz"));
                })
            .toList();
    if (files.isEmpty()) {
      throw GraftException.input(
          "%s holds no file that ends in %s", location, String.join(" or ", extensions()));
    }
    return files;
  }
}
