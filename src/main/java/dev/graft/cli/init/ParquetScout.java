package dev.graft.cli.init;

import dev.graft.data.GraftException;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.MediaValue;
import dev.graft.data.parquet.Projection;
import dev.graft.ingest.SourceFiles;
import dev.graft.ingest.SourceFiles.SourceFile;
import dev.graft.spec.SourceSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Parquet files of images or texts, as Hugging Face lays them out, or Graft's own output. */
final class ParquetScout implements Scout {
  private static final String LABEL = "label";

  @Override
  public Optional<Found> look(Path place) {
    List<SourceFile> files = parquet(place);
    if (files.isEmpty()) {
      return Optional.empty();
    }
    List<Column> columns;
    try (DatasetFileReader reader = DatasetFileReader.open(files.get(0).location())) {
      columns = reader.columns();
    }
    return columns.stream()
        .filter(Column.Image.class::isInstance)
        .findFirst()
        .map(image -> pictures(place, files, columns, image))
        .orElseGet(() -> texts(place, files, columns));
  }

  private static Optional<Found> pictures(
      Path place, List<SourceFile> files, List<Column> columns, Column image) {
    return columns.stream()
        .filter(column -> column instanceof Column.ClassLabel || column.name().equals(LABEL))
        .findFirst()
        .map(
            label ->
                found(
                    place,
                    Map.of("image", image.name()),
                    labels(files, label),
                    label,
                    pictures(files.get(0), image.name())));
  }

  private static Optional<Found> texts(Path place, List<SourceFile> files, List<Column> columns) {
    return textColumns(files.get(0), columns)
        .map(
            chosen -> {
              Column label =
                  columns.stream()
                      .filter(column -> column.name().equals(chosen.label()))
                      .findFirst()
                      .orElseThrow();
              return found(
                  place,
                  Map.of("text", String.join(SourceSpec.BETWEEN_COLUMNS, chosen.texts())),
                  labels(files, label),
                  label,
                  texts(files, chosen));
            });
  }

  private static Found found(
      Path place, Map<String, String> payload, Labels labels, Column label, Facts facts) {
    Map<String, String> locations = new LinkedHashMap<>();
    locations.put("path", place.toString());
    locations.putAll(payload);
    locations.put(LABEL, label.name());
    return new Found(
        "parquet",
        locations,
        Map.of(),
        labels.counts(),
        labels.synthetic(),
        labels.numbered(),
        facts);
  }

  /** By strings and numbers of the first rows; a column with names of classes is the label. */
  private static Optional<TextColumns> textColumns(SourceFile file, List<Column> columns) {
    List<String> plain =
        columns.stream().filter(ParquetScout::isStringOrNumber).map(Column::name).toList();
    if (plain.isEmpty()) {
      return Optional.empty();
    }
    TextColumns.Choice choice = new TextColumns.Choice();
    int rows = 0;
    try (DatasetFileReader reader =
        DatasetFileReader.open(file.location(), Projection.of(plain.toArray(new String[0])))) {
      for (DatasetRow row : reader) {
        if (isSynthetic(row)) {
          continue;
        }
        if (rows++ == TextColumns.ROWS_TO_CHOOSE_BY) {
          break;
        }
        Map<String, String> record = new LinkedHashMap<>();
        for (int i = 0; i < plain.size(); i++) {
          if (row.values()[i] != null) {
            record.put(plain.get(i), row.values()[i].toString());
          }
        }
        choice.add(record);
      }
    }
    return columns.stream()
        .filter(Column.ClassLabel.class::isInstance)
        .findFirst()
        .map(label -> choice.columns(label.name()))
        .orElseGet(choice::columns);
  }

  private static boolean isStringOrNumber(Column column) {
    return column instanceof Column.Value value
        && (value.type() == Column.Value.Type.STRING || value.type() == Column.Value.Type.INT64);
  }

  private static TextFacts texts(List<SourceFile> files, TextColumns columns) {
    TextFacts facts = new TextFacts(columns.parts());
    for (SourceFile file : files) {
      try (DatasetFileReader reader =
          DatasetFileReader.open(
              file.location(), Projection.of(columns.texts().toArray(new String[0])))) {
        for (DatasetRow row : reader) {
          if (!isSynthetic(row)) {
            facts.look(
                Arrays.stream(row.values())
                    .map(value -> value == null ? null : value.toString())
                    .toList());
          }
        }
      }
    }
    return facts;
  }

  private static boolean isSynthetic(DatasetRow row) {
    return row.provenance() != null && row.provenance().synthetic();
  }

  private static List<SourceFile> parquet(Path place) {
    boolean single = Files.isRegularFile(place) && place.toString().endsWith(".parquet");
    if (!single && !Files.isDirectory(place)) {
      return List.of();
    }
    return SourceFiles.at(place.toString()).stream()
        .filter(file -> file.name().endsWith(".parquet"))
        .filter(file -> !("/" + file.name()).contains("/_"))
        .toList();
  }

  /**
   * What a label column says.
   *
   * @param counts of real rows, in id order
   * @param synthetic whether there are synthetic rows too
   * @param numbered whether it holds ids that nothing names
   */
  private record Labels(Map<String, Long> counts, boolean synthetic, boolean numbered) {}

  private static Labels labels(List<SourceFile> files, Column label) {
    Map<Object, Long> raw = new TreeMap<>();
    boolean synthetic = false;
    for (SourceFile file : files) {
      try (DatasetFileReader reader =
          DatasetFileReader.open(file.location(), Projection.of(label.name()))) {
        for (DatasetRow row : reader) {
          if (isSynthetic(row)) {
            synthetic = true;
          } else if (row.values()[0] != null) {
            raw.merge(row.values()[0], 1L, Long::sum);
          }
        }
      }
    }
    if (synthetic && raw.isEmpty()) {
      throw GraftException.input("all rows are synthetic; Graft learns from real rows only");
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    boolean numbered = false;
    if (label instanceof Column.ClassLabel named) {
      for (int id = 0; id < named.names().size(); id++) {
        counts.put(named.names().get(id), raw.getOrDefault((long) id, 0L));
      }
    } else {
      numbered = raw.keySet().stream().allMatch(Long.class::isInstance);
      if (numbered) {
        checkIds(raw.keySet(), label.name());
      }
      raw.forEach((value, count) -> counts.put(value.toString(), count));
    }
    return new Labels(counts, synthetic, numbered);
  }

  /** Names are given to ids by their order, so that none may be missing. */
  private static void checkIds(Set<Object> sorted, String column) {
    long next = 0;
    for (Object id : sorted) {
      if (!id.equals(next)) {
        throw GraftException.input(
            "the column \"%s\" has the label %s but none from %d on up to it; class ids count from"
                + " 0 without gaps: renumber them, or write class names as text",
            column, id, next);
      }
      next++;
    }
  }

  private static PictureFacts pictures(SourceFile file, String column) {
    PictureFacts facts = new PictureFacts();
    try (DatasetFileReader reader =
        DatasetFileReader.open(file.location(), Projection.of(column).withoutProvenance())) {
      for (DatasetRow row : reader) {
        if (facts.seen() >= LOOK_AT) {
          break;
        }
        if (row.values()[0] instanceof MediaValue media && media.bytes() != null) {
          facts.look(media.bytes());
        }
      }
    }
    return facts;
  }
}
