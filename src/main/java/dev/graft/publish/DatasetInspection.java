package dev.graft.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetDigest;
import dev.graft.data.parquet.DatasetFiles;
import dev.graft.data.parquet.DatasetFiles.DatasetFile;
import dev.graft.publish.Manifest.ManifestColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is in a dataset folder, published by Graft or not.
 *
 * @param directory what was looked at
 * @param name of the dataset; empty without a manifest
 * @param parts by configuration and split, such as {@code synthetic/train}
 * @param columns in order, without {@code _graft}
 * @param unread columns of types that Graft does not read
 * @param scores of synthetic rows, by scorer
 * @param digest of the content; null when it was not asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetInspection(
    String directory,
    String name,
    Map<String, PartCounts> parts,
    List<ManifestColumn> columns,
    List<String> unread,
    Map<String, ScoreQuantiles> scores,
    DatasetDigest digest) {

  /**
   * Reads the folder; one with a manifest is held against it.
   *
   * @param withDigest whether to digest the rows, and to compare the content of files too
   * @throws GraftException (exit 3) when there is no dataset in it, or another than the manifest
   *     says
   */
  public static DatasetInspection of(String directory, boolean withDigest) {
    refuseRefused(directory);
    Optional<Manifest> manifest = Manifest.read(directory);
    Optional<ManifestCheck> check = manifest.map(m -> new ManifestCheck(directory, m));
    check.ifPresent(ManifestCheck::sizes);
    DatasetDigest digest = withDigest ? DatasetDigest.ofDirectory(directory) : null;
    if (withDigest) {
      check.ifPresent(c -> c.contents(digest));
    }
    List<DatasetFile> files = DatasetFiles.list(directory);
    Map<String, RowTally> tallies = new TreeMap<>();
    Map<String, Integer> fileCounts = new TreeMap<>();
    ScoreTally scores = new ScoreTally();
    List<Column> columns = List.of();
    List<String> unread = List.of();
    for (DatasetFile file : files) {
      RowTally tally = tallies.computeIfAbsent(file.part(), part -> new RowTally());
      RowTally.Schema schema = tally.read(file.location(), scores);
      columns = columns.isEmpty() ? schema.columns() : columns;
      unread = unread.isEmpty() ? schema.unread() : unread;
      fileCounts.merge(file.part(), 1, Integer::sum);
    }
    Map<String, PartCounts> parts = new TreeMap<>();
    tallies.forEach((part, tally) -> parts.put(part, tally.counts(fileCounts.get(part))));
    return new DatasetInspection(
        directory,
        manifest.map(Manifest::name).orElse(""),
        parts,
        columns.stream().map(ManifestColumn::of).toList(),
        unread,
        scores.quantiles(),
        digest);
  }

  /** A folder that holds a refusal in place of data (exit 3). */
  static void refuseRefused(String directory) {
    String marker = Storage.resolve(directory, PublicationPlace.REFUSED);
    if (Storage.exists(marker)) {
      List<String> failures = new ArrayList<>();
      Json.read(Storage.read(marker), JsonNode.class)
          .path("failures")
          .forEach(failure -> failures.add(failure.asText()));
      throw GraftException.input(
          "%s holds no data: publishing was refused: %s", directory, String.join("; ", failures));
    }
  }

  /** For people. */
  public String toText() {
    TextTable table = new TextTable();
    StringBuilder text = new StringBuilder();
    text.append(directory).append(name.isEmpty() ? "" : " (" + name + ")").append("\n\n");
    table.row("part", "rows", "synthetic", "files");
    parts.forEach(
        (part, counts) ->
            table.row(
                part,
                Long.toString(counts.rows()),
                Long.toString(counts.synthetic()),
                Integer.toString(counts.files())));
    text.append(table.text()).append('\n');
    text.append(classTable());
    TextTable schema = new TextTable();
    schema.row("column", "type");
    columns.forEach(column -> schema.row(column.name(), column.type()));
    unread.forEach(column -> schema.row(column, "not read by Graft"));
    text.append(schema.text());
    text.append(scoreTable());
    if (digest != null) {
      text.append('\n').append(digestText());
    }
    return text.toString();
  }

  private String classTable() {
    TextTable table = new TextTable();
    List<String> header = new ArrayList<>(List.of("class"));
    header.addAll(parts.keySet());
    table.row(header.toArray(new String[0]));
    List<String> classes =
        parts.values().stream().flatMap(p -> p.classes().keySet().stream()).distinct().toList();
    for (String name : classes) {
      List<String> cells = new ArrayList<>(List.of(name));
      parts
          .values()
          .forEach(part -> cells.add(Long.toString(part.classes().getOrDefault(name, 0L))));
      table.row(cells.toArray(new String[0]));
    }
    return classes.isEmpty() ? "" : table.text() + "\n";
  }

  private String scoreTable() {
    if (scores.isEmpty()) {
      return "";
    }
    TextTable table = new TextTable();
    table.row("score", "rows", "mean", "min", "p05", "p50", "p95", "max");
    scores.forEach(
        (scorer, q) ->
            table.row(
                scorer,
                Long.toString(q.count()),
                shown(q.mean()),
                shown(q.min()),
                shown(q.p05()),
                shown(q.p50()),
                shown(q.p95()),
                shown(q.max())));
    return "\n" + table.text();
  }

  private String digestText() {
    TextTable table = new TextTable();
    table.row("digest", digest.digest());
    digest.columns().forEach((column, value) -> table.row("  " + column, value));
    return table.text();
  }

  private static String shown(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }
}
