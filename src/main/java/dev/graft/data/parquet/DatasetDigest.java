package dev.graft.data.parquet;

import dev.graft.data.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A digest of what a dataset says, whatever the order of its rows, its shards and their
 * compression: a multiset hash over every column of every row but the run id, and the schema.
 *
 * @param digest of everything below
 * @param rows by part, such as {@code synthetic/train}
 * @param schemas by part, as JSON
 * @param columns digest of each column's values over all parts; tells what differs when digests do
 */
public record DatasetDigest(
    String digest,
    Map<String, Long> rows,
    Map<String, String> schemas,
    Map<String, String> columns) {

  /** The digest of a published folder, or of any folder of dataset files. */
  public static DatasetDigest ofDirectory(String directory) {
    return of(
        DatasetFiles.list(directory).parallelStream()
            .map(file -> PartDigest.ofFile(file.location(), file.part()))
            .toList());
  }

  /** The digest of a dataset whose rows are spread over these. */
  public static DatasetDigest of(List<PartDigest> pieces) {
    Map<String, PartDigest> parts = new TreeMap<>();
    for (PartDigest piece : pieces) {
      parts.merge(piece.part(), piece, PartDigest::merge);
    }
    Map<String, Long> rows = new TreeMap<>();
    Map<String, String> schemas = new TreeMap<>();
    Map<String, String> contents = new TreeMap<>();
    Map<String, List<String>> byColumn = new LinkedHashMap<>();
    for (PartDigest part : parts.values()) {
      rows.put(part.part(), part.rows());
      schemas.put(part.part(), part.schema());
      contents.put(part.part(), part.content());
      part.columns()
          .forEach(
              (name, hash) ->
                  byColumn
                      .computeIfAbsent(name, key -> new ArrayList<>())
                      .add(part.part() + "=" + hash));
    }
    Map<String, String> columns = new LinkedHashMap<>();
    byColumn.forEach((name, hashes) -> columns.put(name, Json.digest(hashes)));
    String digest = Json.digest(Map.of("rows", rows, "schemas", schemas, "contents", contents));
    return new DatasetDigest(digest, rows, schemas, columns);
  }
}
