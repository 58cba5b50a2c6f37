package dev.graft.select;

import com.google.common.primitives.Longs;
import dev.graft.modality.SignatureBucket;
import dev.graft.modality.SignatureScheme;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds candidates that lie within a distance of an earlier candidate, kept or not, among those
 * that share a bucket. The answer depends on the set of entries alone, not on their order or on how
 * buckets are spread over calls.
 *
 * <p>A bucket of more than {@link #BUCKET_CAP} candidates compares each of them with its {@link
 * #BUCKET_CAP} earliest only, so the cost stays linear; those dropped there count as collapsed.
 *
 * <p>Entries of rows that are published already ({@link OrderKey#published}) mark candidates and
 * are never marked. A bucket compares its candidates with at most {@link #BUCKET_CAP} of them too,
 * those of the lowest keys, and finds among candidates what it finds without them.
 */
public final class NearDuplicates {
  /** Candidates of a bucket that all others are compared with. */
  public static final int BUCKET_CAP = 2_000;

  private static final int PLACE_BITS = 24;
  private static final int MOST_ROWS = 1 << PLACE_BITS;

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
    long[] buckets = new long[orders.length];
    int[] rows = new int[orders.length];
    int entries = 0;
    for (int row = 0; row < orders.length; row++) {
      long[] keys =
          scheme.buckets(Arrays.copyOfRange(signatures, row * length, (row + 1) * length), radius);
      if (entries + keys.length > buckets.length) {
        int room = Math.max(entries + keys.length, orders.length * keys.length);
        buckets = Arrays.copyOf(buckets, room);
        rows = Arrays.copyOf(rows, room);
      }
      for (long key : keys) {
        buckets[entries] = key;
        rows[entries++] = row;
      }
    }
    return new DuplicateEntries(
        Arrays.copyOf(buckets, entries), Arrays.copyOf(rows, entries), orders, length, signatures);
  }

  /** The marks of all candidates whose buckets are among {@code parts}. */
  public DuplicateMarks marks(List<DuplicateEntries> parts) {
    long[] orders =
        Longs.concat(parts.stream().map(DuplicateEntries::orders).toArray(long[][]::new));
    Arrays.sort(orders);
    if (orders.length >= MOST_ROWS) {
      throw new IllegalArgumentException(
          orders.length + " rows in one place; at most " + MOST_ROWS + ": use more shards");
    }
    byte[] signatures = new byte[Math.multiplyExact(orders.length, scheme.length())];
    long[] meetings = new long[parts.stream().mapToInt(DuplicateEntries::size).sum()];
    int entry = 0;
    for (DuplicateEntries part : parts) {
      int length = part.signatureLength();
      int[] places = new int[part.orders().length];
      for (int row = 0; row < places.length; row++) {
        places[row] = Arrays.binarySearch(orders, part.orders()[row]);
        System.arraycopy(part.signatures(), row * length, signatures, places[row] * length, length);
      }
      for (int i = 0; i < part.size(); i++) {
        meetings[entry++] = (part.buckets()[i] & -MOST_ROWS) | places[part.rows()[i]];
      }
    }
    Arrays.sort(meetings);
    int published = (int) Arrays.stream(orders).takeWhile(order -> order < 0).count();
    BitSet found = new BitSet();
    BitSet collapsed = new BitSet();
    BitSet foundPublished = new BitSet();
    for (int start = 0; start < meetings.length; ) {
      int end = start + 1;
      while (end < meetings.length
          && meetings[start] >>> PLACE_BITS == meetings[end] >>> PLACE_BITS) {
        end++;
      }
      if (end - start > 1) {
        int[] places = places(meetings, start, end);
        int first = 0;
        while (first < places.length && places[first] < published) {
          first++;
        }
        searchPublished(places, first, signatures, foundPublished);
        int[] candidates = Arrays.copyOfRange(places, first, places.length);
        if (candidates.length > 1) {
          search(candidates, signatures, found, collapsed);
        }
      }
      start = end;
    }
    return new DuplicateMarks(
        ordersAt(found, orders), ordersAt(collapsed, orders), ordersAt(foundPublished, orders));
  }

  /** The rows of one bucket, from the earliest to the latest. */
  private static int[] places(long[] meetings, int start, int end) {
    int[] places = new int[end - start];
    for (int i = 0; i < places.length; i++) {
      places[i] = (int) (meetings[start + i] & (MOST_ROWS - 1));
    }
    return places;
  }

  /** Compares the candidates of a bucket, from {@code first} on, with its published rows. */
  private void searchPublished(int[] places, int first, byte[] signatures, BitSet found) {
    int compared = Math.min(first, bucketCap);
    if (compared == 0 || first == places.length) {
      return;
    }
    int[] members = Arrays.copyOf(places, compared + places.length - first);
    System.arraycopy(places, first, members, compared, places.length - first);
    SignatureBucket bucket = scheme.bucket(signatures, members, radius);
    for (int i = compared; i < members.length; i++) {
      if (!found.get(members[i]) && bucket.nearEarlier(i, compared)) {
        found.set(members[i]);
      }
    }
  }

  /** Compares the candidates of a bucket with each other. */
  private void search(int[] places, byte[] signatures, BitSet found, BitSet collapsed) {
    SignatureBucket bucket = scheme.bucket(signatures, places, radius);
    boolean full = places.length > bucketCap;
    for (int i = 1; i < places.length; i++) {
      if ((full || !found.get(places[i])) && bucket.nearEarlier(i, bucketCap)) {
        found.set(places[i]);
        if (full) {
          collapsed.set(places[i]);
        }
      }
    }
  }

  private static long[] ordersAt(BitSet places, long[] orders) {
    return places.stream().mapToLong(place -> orders[place]).toArray();
  }
}
