package dev.graft.ingest;

import dev.graft.data.GraftException;
import dev.graft.ingest.format.ClassFoldersFormat;
import dev.graft.ingest.format.DelimitedFormat;
import dev.graft.ingest.format.IdxFormat;
import dev.graft.ingest.format.JsonLinesFormat;
import dev.graft.ingest.format.JsonSplitsFormat;
import dev.graft.ingest.format.ParquetFormat;
import java.util.List;

/** The registered source formats. */
public final class SourceFormats {
  private static final List<SourceFormat> ALL =
      List.of(
          new IdxFormat(),
          new ClassFoldersFormat(),
          new ParquetFormat(),
          DelimitedFormat.csv(),
          DelimitedFormat.tsv(),
          new JsonLinesFormat(),
          new JsonSplitsFormat());

  private SourceFormats() {}

  public static List<SourceFormat> all() {
    return ALL;
  }

  /** The source format of this name. */
  public static SourceFormat get(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                GraftException.usage(
                    "unknown source format \"%s\"; known: %s",
                    name, String.join(", ", ALL.stream().map(SourceFormat::name).toList())));
  }
}
