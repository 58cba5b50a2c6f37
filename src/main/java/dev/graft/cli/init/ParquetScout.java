package dev.graft.cli.init;

import dev.graft.data.GraftException;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.MediaValue;
import dev.graft.data.parquet.Projection;
import dev.graft.ingest.SourceFiles;
import dev.graft.ingest.SourceFiles.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Parquet files: the Hugging Face image layout, or Graft's own output. */
final class ParquetScout implements Scout {
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
    Optional<Column> image = columns.stream().filter(Column.Image.class::isInstance).findFirst();
    Optional<Column> label =
        columns.stream()
            .filter(column -> column instanceof Column.ClassLabel || column.name().equals("label"))
            .findFirst();
    if (image.isEmpty() || label.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> locations = new LinkedHashMap<>();
    locations.put("path", place.toString());
    locations.put("image", image.get().name());
    locations.put("label", label.get().name());
    Labels labels = labels(files, label.get());
    return Optional.of(
        new Found(
            "parquet",
            locations,
            Map.of(),
            labels.counts(),
            labels.synthetic(),
            labels.numbered(),
            pictures(files.get(0), image.get().name())));
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
          if (row.provenance() != null && row.provenance().synthetic()) {
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
