package dev.graft.publish;

import dev.graft.data.CounterRandom;
import dev.graft.data.SampleId;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.PartDigest;
import dev.graft.data.parquet.WriteProfile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Writes one shard with its rows in the order of a hash of their ids, so that the file depends on
 * the set of rows alone and no reader meets the classes one after the other. Holds a shard's rows
 * in memory.
 */
final class ShardWriter {
  private static final Comparator<Placed> ORDER =
      Comparator.comparingLong(Placed::hash).thenComparing(Placed::id);

  private final String root;

  ShardWriter(String root) {
    this.root = root;
  }

  private record Placed(long hash, SampleId id, DatasetRow row) {}

  /** A place for the row in any fixed order that has nothing to do with what the row is. */
  static long order(SampleId id) {
    return CounterRandom.of(id.high(), id.low()).bits(0);
  }

  /**
   * Writes a shard, replacing the file of an earlier attempt.
   *
   * @param rows in any order; those without provenance stand for nothing
   */
  WrittenShard write(ShardKey key, List<Column> columns, Iterable<DatasetRow> rows) {
    List<Placed> placed = new ArrayList<>();
    for (DatasetRow row : rows) {
      if (row.provenance() != null) {
        SampleId id = SampleId.ofHex(row.provenance().sampleId());
        placed.add(new Placed(order(id), id, row));
      }
    }
    placed.sort(ORDER);
    String location = Storage.resolve(root, key.path());
    PartDigest.Accumulator content = new PartDigest.Accumulator(part(key.prefix()), columns);
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(location, columns, Map.of(), WriteProfile.PUBLISHED)) {
      SampleId before = null;
      for (Placed row : placed) {
        if (row.id().equals(before)) {
          throw new IllegalStateException(
              "sample " + row.id() + " came twice to " + key.path() + "; ids must be unique");
        }
        before = row.id();
        writer.write(row.row());
        content.add(row.row());
      }
      writer.commit();
    }
    return new WrittenShard(
        key.path(),
        placed.size(),
        Storage.size(location),
        Storage.sha256(location),
        content.digest());
  }

  private static String part(String prefix) {
    return prefix.startsWith("data/") ? prefix.substring("data/".length()) : prefix;
  }
}
