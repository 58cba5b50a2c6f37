package dev.graft.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.Column;
import dev.graft.modality.PublishedPayload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * {@code manifest.json}: what was published and what it was made from.
 *
 * @param format of this file
 * @param name of the dataset
 * @param runDate {@code YYYY-MM-DD}, or empty
 * @param fingerprint of this publication
 * @param fingerprints of all stages, by name
 * @param specDigest SHA-256 of the whole spec with every default filled in
 * @param codeVersion of Graft
 * @param seed of the spec
 * @param drawSeed what the candidates were drawn with: the seed and the date
 * @param modality such as {@code image}
 * @param columns in order
 * @param models name and digest of generator, judge and examiner
 * @param rows by part
 * @param contentDigest of all rows, whatever their files and order
 * @param files every file but this one and {@code _SUCCESS}
 * @param gates what was asked of the metrics, and what they were
 * @param metrics the key figures
 */
public record Manifest(
    int format,
    String name,
    String runDate,
    String fingerprint,
    Map<String, String> fingerprints,
    String specDigest,
    String codeVersion,
    long seed,
    long drawSeed,
    String modality,
    List<ManifestColumn> columns,
    JsonNode models,
    Map<String, Long> rows,
    String contentDigest,
    List<ManifestFile> files,
    JsonNode gates,
    JsonNode metrics) {
  static final String FILE = "manifest.json";
  static final int FORMAT = 1;

  /**
   * One file.
   *
   * @param path below the folder of the manifest
   * @param rows of a data file; null for other files
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ManifestFile(String path, String sha256, long bytes, Long rows) {}

  /**
   * One column.
   *
   * @param type such as {@code image}, {@code class-label}, {@code class-labels} (a list), {@code
   *     string}, {@code spans}, {@code floats} (a list)
   * @param names of the classes or labels, or of the kinds of spans, by id; empty for other columns
   */
  public record ManifestColumn(String name, String type, List<String> names) {
    private static final String CLASS = "class-label";
    private static final String CLASSES = "class-labels";
    private static final String SPANS = "spans";
    private static final String FLOATS = "floats";

    static ManifestColumn of(Column column) {
      if (column instanceof Column.ClassLabel label) {
        return new ManifestColumn(column.name(), CLASS, label.names());
      }
      if (column instanceof Column.ListOf list) {
        return new ManifestColumn(column.name(), CLASSES, list.names());
      }
      if (column instanceof Column.Value value) {
        String type = value.type().name().toLowerCase(Locale.ROOT);
        return new ManifestColumn(column.name(), type, List.of());
      }
      if (column instanceof Column.Spans spans) {
        return new ManifestColumn(column.name(), SPANS, spans.kinds());
      }
      return new ManifestColumn(
          column.name(), column instanceof Column.Floats ? FLOATS : "image", List.of());
    }

    private boolean isPayload() {
      return !type.startsWith(CLASS) && !type.equals(FLOATS);
    }
  }

  /** The columns that hold what a row is, which come first. */
  public PublishedPayload payload() {
    if (!spanKinds().isEmpty()) {
      return PublishedPayload.ofSpans(spanKinds());
    }
    return PublishedPayload.ofParts(
        columns.stream().filter(ManifestColumn::isPayload).map(ManifestColumn::name).toList());
  }

  /** Kinds of the spans of texts; empty where rows have none. */
  public List<String> spanKinds() {
    return columns.stream()
        .filter(column -> column.type().equals(ManifestColumn.SPANS))
        .flatMap(column -> column.names().stream())
        .toList();
  }

  /** The manifest of a published folder, if it has one. */
  public static Optional<Manifest> read(String directory) {
    String file = Storage.resolve(directory, FILE);
    return Storage.exists(file)
        ? Optional.of(Json.read(Storage.read(file), Manifest.class))
        : Optional.empty();
  }
}
