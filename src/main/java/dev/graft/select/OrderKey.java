package dev.graft.select;

import dev.graft.data.CounterRandom;
import dev.graft.data.SampleId;

/**
 * The order of all candidates of a run, packed into one long: by round, then index within the
 * class, then class. Of two near-duplicates the later one goes. Rounds come first so that a later
 * round never changes what an earlier one has decided; indices come before classes so that a larger
 * target, which only adds higher indices, keeps the decisions of a smaller one.
 *
 * <p>Rows that are published already have negative keys, before those of all candidates.
 */
public final class OrderKey {
  private static final int LABEL_BITS = 21;
  private static final int INDEX_BITS = 40;
  private static final long LABEL_MASK = (1L << LABEL_BITS) - 1;
  private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;

  private OrderKey() {}

  /**
   * @param round 0 to 3
   * @param index 0 to 2<sup>40</sup> - 1
   * @param label -1 to 2<sup>21</sup> - 2
   */
  public static long of(int round, long index, int label) {
    if (round < 0 || round > 3 || index < 0 || index > INDEX_MASK || label < -1) {
      throw new IllegalArgumentException(
          "no order for round " + round + ", index " + index + ", class " + label);
    }
    return ((long) round << (LABEL_BITS + INDEX_BITS)) | (index << LABEL_BITS) | (label + 1);
  }

  /**
   * The key of a published row, from what it is, not from where it is stored: 63 bits of a hash.
   *
   * @param date the run date it was published for, in days since 1970-01-01
   */
  public static long published(long date, SampleId id) {
    long hash =
        CounterRandom.mix(id.low() ^ CounterRandom.mix(id.high() ^ CounterRandom.mix(date)));
    return Long.MIN_VALUE | hash;
  }

  /** The round of a candidate; of a published row none that there is. */
  public static int round(long key) {
    return (int) (key >>> (LABEL_BITS + INDEX_BITS));
  }

  public static long index(long key) {
    return (key >>> LABEL_BITS) & INDEX_MASK;
  }

  public static int label(long key) {
    return (int) (key & LABEL_MASK) - 1;
  }
}
