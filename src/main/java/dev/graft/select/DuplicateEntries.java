package dev.graft.select;

import dev.graft.data.CounterRandom;
import java.util.Arrays;

/**
 * Candidates in the buckets where near-duplicates meet: some rows, and one entry per row and bucket
 * of its own. Columns, not objects.
 *
 * @param buckets bucket key per entry
 * @param rows row per entry, ascending
 * @param orders {@link OrderKey} per row
 * @param signatureLength bytes of one signature
 * @param signatures one after the other, (rows, signatureLength)
 */
public record DuplicateEntries(
    long[] buckets, int[] rows, long[] orders, int signatureLength, byte[] signatures) {
  /** Entries, of which a row has one per bucket. */
  public int size() {
    return buckets.length;
  }

  /**
   * The entries dealt to shards by bucket, so that those of a bucket are in one shard, each shard
   * with the rows that it has entries of.
   */
  public DuplicateEntries[] split(int shards) {
    int[] shardOf = new int[size()];
    int[] entriesOf = new int[shards];
    int[] rowsOf = new int[shards];
    int[] latest = new int[shards];
    Arrays.fill(latest, -1);
    for (int i = 0; i < shardOf.length; i++) {
      int shard = (int) Long.remainderUnsigned(CounterRandom.mix(buckets[i]), shards);
      shardOf[i] = shard;
      entriesOf[shard]++;
      if (latest[shard] != rows[i]) {
        latest[shard] = rows[i];
        rowsOf[shard]++;
      }
    }
    DuplicateEntries[] parts = new DuplicateEntries[shards];
    for (int shard = 0; shard < shards; shard++) {
      parts[shard] =
          new DuplicateEntries(
              new long[entriesOf[shard]],
              new int[entriesOf[shard]],
              new long[rowsOf[shard]],
              signatureLength,
              new byte[rowsOf[shard] * signatureLength]);
    }
    Arrays.fill(latest, -1);
    Arrays.fill(entriesOf, 0);
    Arrays.fill(rowsOf, 0);
    for (int i = 0; i < shardOf.length; i++) {
      int shard = shardOf[i];
      DuplicateEntries part = parts[shard];
      if (latest[shard] != rows[i]) {
        latest[shard] = rows[i];
        int row = rowsOf[shard]++;
        part.orders[row] = orders[rows[i]];
        System.arraycopy(
            signatures,
            rows[i] * signatureLength,
            part.signatures,
            row * signatureLength,
            signatureLength);
      }
      int entry = entriesOf[shard]++;
      part.buckets[entry] = buckets[i];
      part.rows[entry] = rowsOf[shard] - 1;
    }
    return parts;
  }
}
