package dev.graft.select;

import dev.graft.data.CounterRandom;

/**
 * Candidates in the buckets where near-duplicates meet; one entry per candidate and bucket.
 * Columns, not objects.
 *
 * @param buckets bucket key per entry
 * @param orders {@link OrderKey} per entry
 * @param signatureLength bytes of one signature
 * @param signatures one after the other, (entries, signatureLength)
 */
public record DuplicateEntries(
    long[] buckets, long[] orders, int signatureLength, byte[] signatures) {
  public int size() {
    return buckets.length;
  }

  /** The entries dealt to shards by bucket, so that those of a bucket are in one shard. */
  public DuplicateEntries[] split(int shards) {
    int[] shardOf = new int[size()];
    int[] sizes = new int[shards];
    for (int i = 0; i < shardOf.length; i++) {
      shardOf[i] = (int) Long.remainderUnsigned(CounterRandom.mix(buckets[i]), shards);
      sizes[shardOf[i]]++;
    }
    DuplicateEntries[] parts = new DuplicateEntries[shards];
    for (int shard = 0; shard < shards; shard++) {
      parts[shard] =
          new DuplicateEntries(
              new long[sizes[shard]],
              new long[sizes[shard]],
              signatureLength,
              new byte[sizes[shard] * signatureLength]);
    }
    int[] next = new int[shards];
    for (int i = 0; i < shardOf.length; i++) {
      DuplicateEntries part = parts[shardOf[i]];
      int at = next[shardOf[i]]++;
      part.buckets[at] = buckets[i];
      part.orders[at] = orders[i];
      System.arraycopy(
          signatures, i * signatureLength, part.signatures, at * signatureLength, signatureLength);
    }
    return parts;
  }
}
