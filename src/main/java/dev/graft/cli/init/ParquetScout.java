package dev.graft.cli.init;

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
    Map<String, Long> counts = counts(files, label.get());
    boolean named =
        !(label.get() instanceof Column.Value value) || value.type() == Column.Value.Type.STRING;
    return Optional.of(
        new Found(
            "parquet",
            locations,
            Map.of(),
            counts,
            !named,
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

  private static Map<String, Long> counts(List<SourceFile> files, Column label) {
    Map<Object, Long> raw = new TreeMap<>();
    for (SourceFile file : files) {
      try (DatasetFileReader reader =
          DatasetFileReader.open(
              file.location(), Projection.of(label.name()).withoutProvenance())) {
        for (DatasetRow row : reader) {
          if (row.values()[0] != null) {
            raw.merge(row.values()[0], 1L, Long::sum);
          }
        }
      }
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    if (label instanceof Column.ClassLabel named) {
      for (int id = 0; id < named.names().size(); id++) {
        counts.put(named.names().get(id), raw.getOrDefault((long) id, 0L));
      }
    } else {
      raw.forEach((value, count) -> counts.put(value.toString(), count));
    }
    return counts;
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
