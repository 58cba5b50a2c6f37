package dev.graft.ingest.format;

import dev.graft.data.Counters;
import dev.graft.data.GraftException;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.Projection;
import dev.graft.ingest.ClassIndex;
import dev.graft.ingest.RecordSink;
import dev.graft.ingest.SourceFiles;
import dev.graft.ingest.SourceFiles.SourceFile;
import dev.graft.ingest.SourceFormat;
import dev.graft.ingest.SourceRange;
import dev.graft.ingest.SourceRecord;
import dev.graft.modality.BadRecord;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * {@code parquet}: one file, or every {@code .parquet} file below a folder (names that start with a
 * dot or an underscore are passed over). The column {@code image} holds Hugging Face image structs
 * or plain bytes, or {@code text}, where that key is given, strings, or a list of columns with a
 * part each, with {@code spans} for the column of their spans, lists of structs with {@code start},
 * {@code end} and {@code label}, or such a list as JSON text; {@code label} class ids or class
 * names, or {@code labels} lists of them ({@link RowLabels}); class names come from the footer.
 * Rows that say in {@code _graft} that they are synthetic are told apart. Read in parallel by row
 * group.
 */
public final class ParquetFormat implements SourceFormat {
  private static final String PATH = "path";
  private static final String LABEL = "label";

  /** Of lists of labels without names. */
  private static final int LARGEST_LABEL = 9_999;

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public List<String> paths() {
    return List.of(PATH);
  }

  @Override
  public Map<String, String> columns() {
    return Map.of(
        ParquetPayload.IMAGE,
        ParquetPayload.IMAGE,
        ParquetPayload.TEXT,
        "",
        LABEL,
        LABEL,
        ParquetPayload.SPANS,
        "");
  }

  @Override
  public Map<String, String> labelColumns() {
    return RowLabels.columns();
  }

  @Override
  public String partsKey() {
    return ParquetPayload.TEXT;
  }

  @Override
  public boolean hasGroups() {
    return true;
  }

  @Override
  public boolean hasLists() {
    return true;
  }

  /** The footer's names; else the sorted values of a text column, or the ids up to the largest. */
  @Override
  public List<String> classes(Map<String, String> locations) {
    if (RowLabels.several(locations)) {
      return labelSets(locations);
    }
    String label = column(locations, LABEL);
    TreeSet<String> texts = new TreeSet<>();
    long largest = -1;
    for (SourceFile file : files(locations.get(PATH))) {
      try (DatasetFileReader reader =
          DatasetFileReader.open(file.location(), Projection.of(label).withoutProvenance())) {
        if (reader.columns().get(0) instanceof Column.ClassLabel named) {
          return named.names();
        }
        for (DatasetRow row : reader) {
          if (row.values()[0] instanceof String text) {
            texts.add(text);
          } else if (row.values()[0] instanceof Long id) {
            largest = Math.max(largest, id);
          }
        }
      }
    }
    if (largest > Integer.MAX_VALUE - 1L) {
      throw GraftException.input(
          "the column \"%s\" has the label %d; class ids count from 0", label, largest);
    }
    return texts.isEmpty()
        ? IntStream.rangeClosed(0, (int) largest).mapToObj(Integer::toString).toList()
        : List.copyOf(texts);
  }

  /** The footer's names, or the ids up to the largest; empty for lists of texts. */
  @Override
  public List<String> labels(Map<String, String> locations) {
    long largest = -1;
    for (SourceFile file : files(locations.get(PATH))) {
      try (DatasetFileReader reader =
          DatasetFileReader.open(
              file.location(), Projection.of(labelColumn(locations)).withoutProvenance())) {
        if (!(reader.columns().get(0) instanceof Column.ListOf list)
            || list.type() != Column.Value.Type.INT64) {
          return List.of();
        }
        if (!list.names().isEmpty()) {
          return list.names();
        }
        for (DatasetRow row : reader) {
          for (Object id : row.values()[0] instanceof List<?> ids ? ids : List.of()) {
            if (id instanceof Long label && label >= 0 && label <= LARGEST_LABEL) {
              largest = Math.max(largest, label);
            }
          }
        }
      }
    }
    return IntStream.rangeClosed(0, (int) largest).mapToObj(Integer::toString).toList();
  }

  private static List<String> labelSets(Map<String, String> locations) {
    TreeSet<String> names = new TreeSet<>();
    for (SourceFile file : files(locations.get(PATH))) {
      try (DatasetFileReader reader =
          DatasetFileReader.open(
              file.location(), Projection.of(labelColumn(locations)).withoutProvenance())) {
        Column column = reader.columns().get(0);
        for (DatasetRow row : reader) {
          try {
            names.add(labels(row.values()[0], column, locations).className());
          } catch (BadRecord e) {
            continue; // read() sets it aside
          }
        }
      }
    }
    return List.copyOf(names);
  }

  @Override
  public List<SourceRange> ranges(Map<String, String> locations, RecordLimits limits) {
    ParquetPayload payload = ParquetPayload.of(locations);
    List<SourceRange> ranges = new ArrayList<>();
    for (SourceFile file : files(locations.get(PATH))) {
      List<String> wanted = new ArrayList<>(payload.names());
      wanted.add(labelColumn(locations));
      try (DatasetFileReader reader =
          DatasetFileReader.open(file.location(), Projection.of(wanted.toArray(new String[0])))) {
        payload.check(file.location(), reader.columns());
        long first = 0;
        List<Long> groups = reader.rowGroups();
        for (int group = 0; group < groups.size(); group++) {
          long rows = groups.get(group);
          ranges.add(
              new SourceRange(locations, List.of(file.name()), group, group + 1L, first, rows));
          first += rows;
        }
      }
    }
    return ranges;
  }

  @Override
  public void read(SourceRange range, RecordSink sink) {
    String name = range.files().get(0);
    ParquetPayload payload = ParquetPayload.of(range.locations());
    int columns = payload.names().size();
    List<String> wanted = new ArrayList<>(payload.names());
    wanted.add(labelColumn(range.locations()));
    if (!sink.groupColumn().isEmpty()) {
      wanted.add(sink.groupColumn());
    }
    try (DatasetFileReader reader =
        DatasetFileReader.open(
            location(range.locations().get(PATH), name),
            Projection.of(wanted.toArray(new String[0])))) {
      Column label = reader.columns().get(columns);
      long index = range.firstIndex();
      for (DatasetRow row : reader.rows((int) range.from(), (int) range.to())) {
        try {
          int id = labelOf(row.values()[columns], label, range.locations(), sink.classes());
          sink.accept(item(row, payload, id, name, index));
        } catch (BadRecord e) {
          sink.reject(name, index, e);
        }
        index++;
      }
    }
  }

  private static SourceRecord item(
      DatasetRow row, ParquetPayload payload, int label, String file, long index) throws BadRecord {
    boolean synthetic = row.provenance() != null && row.provenance().synthetic();
    Object[] values = row.values();
    int parts = payload.names().size();
    String group = values.length > parts + 1 ? String.valueOf(values[parts + 1]) : "";
    return new SourceRecord(
        file, index, label, group, synthetic, payload.record(values), Optional.empty());
  }

  private static int labelOf(
      Object value, Column column, Map<String, String> locations, ClassIndex classes)
      throws BadRecord {
    if (RowLabels.several(locations)) {
      RowLabels labels = labels(value, column, locations);
      int label = classes.ofName(labels.className());
      if (labels.repeated()) {
        Counters.named(RowLabels.REPEATED).inc();
      }
      return label;
    }
    return labelOf(value, column, classes);
  }

  private static RowLabels labels(Object value, Column column, Map<String, String> locations)
      throws BadRecord {
    if (value instanceof String text) {
      return RowLabels.ofText(text, locations);
    }
    if (!(value instanceof List<?> list) || !(column instanceof Column.ListOf type)) {
      throw new BadRecord(
          value == null ? "incomplete" : RowLabels.MISLABELLED,
          "the list of labels is missing, or no list");
    }
    List<String> names = new ArrayList<>();
    for (Object element : list) {
      if (element instanceof Long id) {
        int last = type.names().isEmpty() ? LARGEST_LABEL : type.names().size() - 1;
        if (id < 0 || id > last) {
          throw new BadRecord(
              RowLabels.MISLABELLED, "the label " + id + " is not from 0 to " + last);
        }
        names.add(type.names().isEmpty() ? id.toString() : type.names().get(id.intValue()));
      } else {
        names.add(element == null ? null : element.toString());
      }
    }
    return RowLabels.ofList(names, locations);
  }

  private static String labelColumn(Map<String, String> locations) {
    return RowLabels.several(locations)
        ? locations.get(RowLabels.LABELS)
        : column(locations, LABEL);
  }

  private static int labelOf(Object value, Column column, ClassIndex classes) throws BadRecord {
    if (value instanceof String text) {
      return classes.ofName(text);
    }
    if (!(value instanceof Long id)) {
      throw new BadRecord("mislabelled", "the label is missing, or neither a number nor a text");
    }
    if (column instanceof Column.ClassLabel named) {
      if (id < 0 || id >= named.names().size()) {
        throw new BadRecord(
            "mislabelled", "the label " + id + " is not from 0 to " + (named.names().size() - 1));
      }
      return classes.ofName(named.names().get(id.intValue()));
    }
    return classes.ofId(id);
  }

  private static String column(Map<String, String> locations, String key) {
    return locations.getOrDefault(key, key);
  }

  private static List<SourceFile> files(String location) {
    boolean folder = SourceFiles.isFolder(location);
    List<SourceFile> files =
        SourceFiles.at(location).stream()
            .filter(file -> !folder || file.name().endsWith(".parquet"))
            .filter(file -> !folder || !(file.name().startsWith("_") || file.name().contains("/_")))
            .toList();
    if (files.isEmpty()) {
      throw GraftException.input("%s holds no .parquet file", location);
    }
    return files;
  }

  private static String location(String root, String name) {
    return SourceFiles.isFolder(root) ? dev.graft.data.io.Storage.resolve(root, name) : root;
  }
}
