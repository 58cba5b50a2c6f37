package dev.graft.publish;

import com.google.common.math.LongMath;
import dev.graft.data.parquet.DatasetRow;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many shards each part has: as many as its rows need, whatever the parallelism.
 *
 * @param rows by shard prefix
 * @param rowsPerShard rows of one file, on average
 */
record ShardCounts(Map<String, Long> rows, int rowsPerShard) {
  ShardKey of(String prefix, DatasetRow row) {
    return WriteDatasetShards.shard(prefix, count(prefix), row);
  }

  /** All shards of a part. */
  List<ShardKey> all(String prefix) {
    List<ShardKey> keys = new ArrayList<>();
    for (int i = 0; i < count(prefix); i++) {
      keys.add(new ShardKey(prefix, i, count(prefix)));
    }
    return keys;
  }

  private int count(String prefix) {
    long shards =
        LongMath.divide(rows.getOrDefault(prefix, 0L), rowsPerShard, RoundingMode.CEILING);
    return Math.toIntExact(Math.max(1, shards));
  }
}
