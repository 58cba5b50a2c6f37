package dev.graft.select;

import dev.graft.modality.SignatureScheme;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds candidates that lie within a distance of an earlier candidate, kept or not, among those
 * that share a bucket. The answer depends on the set of entries alone, not on their order or on how
 * buckets are spread over calls.
 *
 * <p>A bucket of more than {@link #BUCKET_CAP} candidates compares each of them with its {@link
 * #BUCKET_CAP} earliest only, so the cost stays linear; those dropped there count as collapsed.
 */
public final class NearDuplicates {
  /** Candidates of a bucket that all others are compared with. */
  public static final int BUCKET_CAP = 2_000;

  private static final int POSITION_BITS = 24;
  private static final int MOST_ENTRIES = 1 << POSITION_BITS;

  private final SignatureScheme scheme;
  private final double radius;
  private final int bucketCap;

  /**
   * @param scheme of the signatures
   * @param radius greatest distance of near-duplicates, in the scheme's unit
   */
  public NearDuplicates(SignatureScheme scheme, double radius) {
    this(scheme, radius, BUCKET_CAP);
  }

  NearDuplicates(SignatureScheme scheme, double radius, int bucketCap) {
    this.scheme = scheme;
    this.radius = radius;
    this.bucketCap = bucketCap;
  }

  /**
   * The entries of some rows.
   *
   * @param orders {@link OrderKey} per row
   * @param signatures (rows, length)
   */
  public DuplicateEntries entries(long[] orders, byte[] signatures) {
    int length = scheme.length();
    long[][] keys = new long[orders.length][];
    int total = 0;
    for (int row = 0; row < orders.length; row++) {
      byte[] signature = Arrays.copyOfRange(signatures, row * length, (row + 1) * length);
      keys[row] = Arrays.stream(scheme.buckets(signature, radius)).distinct().toArray();
      total += keys[row].length;
    }
    long[] buckets = new long[total];
    long[] entryOrders = new long[total];
    byte[] entrySignatures = new byte[total * length];
    int entry = 0;
    for (int row = 0; row < orders.length; row++) {
      for (long key : keys[row]) {
        buckets[entry] = key;
        entryOrders[entry] = orders[row];
        System.arraycopy(signatures, row * length, entrySignatures, entry * length, length);
        entry++;
      }
    }
    return new DuplicateEntries(buckets, entryOrders, length, entrySignatures);
  }

  /** The marks of all candidates whose buckets are among {@code parts}. */
  public DuplicateMarks marks(List<DuplicateEntries> parts) {
    int total = parts.stream().mapToInt(DuplicateEntries::size).sum();
    if (total >= MOST_ENTRIES) {
      throw new IllegalArgumentException(
          total + " entries in one place; at most " + MOST_ENTRIES + ": use more shards");
    }
    long[] sorted = new long[total];
    long[] orders = new long[total];
    byte[][] signatures = new byte[total][];
    int entry = 0;
    for (DuplicateEntries part : parts) {
      int length = part.signatureLength();
      for (int i = 0; i < part.size(); i++) {
        sorted[entry] = (part.buckets()[i] & -MOST_ENTRIES) | entry;
        orders[entry] = part.orders()[i];
        signatures[entry] = Arrays.copyOfRange(part.signatures(), i * length, (i + 1) * length);
        entry++;
      }
    }
    Arrays.sort(sorted);
    Set<Long> found = new HashSet<>();
    Set<Long> collapsed = new HashSet<>();
    for (int start = 0; start < total; ) {
      int end = start + 1;
      while (end < total && sorted[start] >>> POSITION_BITS == sorted[end] >>> POSITION_BITS) {
        end++;
      }
      if (end - start > 1) {
        search(bucket(sorted, start, end, orders), orders, signatures, found, collapsed);
      }
      start = end;
    }
    return new DuplicateMarks(ascending(found), ascending(collapsed));
  }

  /** Positions of one bucket's entries, by ascending order key. */
  private static int[] bucket(long[] sorted, int start, int end, long[] orders) {
    return java.util.stream.IntStream.range(start, end)
        .map(i -> (int) (sorted[i] & (MOST_ENTRIES - 1)))
        .boxed()
        .sorted(java.util.Comparator.comparingLong(position -> orders[position]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private void search(
      int[] bucket, long[] orders, byte[][] signatures, Set<Long> found, Set<Long> collapsed) {
    boolean full = bucket.length > bucketCap;
    for (int i = 1; i < bucket.length; i++) {
      long order = orders[bucket[i]];
      if (!full && found.contains(order)) {
        continue;
      }
      byte[] signature = signatures[bucket[i]];
      int earlier = Math.min(i, bucketCap);
      for (int j = 0; j < earlier; j++) {
        if (orders[bucket[j]] != order && scheme.within(signatures[bucket[j]], signature, radius)) {
          found.add(order);
          if (full) {
            collapsed.add(order);
          }
          break;
        }
      }
    }
  }

  private static long[] ascending(Set<Long> keys) {
    return keys.stream().mapToLong(Long::longValue).sorted().toArray();
  }
}
