package dev.graft.modality.text;

import dev.graft.data.CounterRandom;
import dev.graft.modality.SignatureBucket;
import dev.graft.modality.SignatureScheme;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * MinHash (Broder 1997, "On the resemblance and containment of documents") of the runs of five
 * characters that a text or its parts hold, with {@value #PERMUTATIONS} permutations, of each
 * minimum one byte (b-bit minwise hashing, Li &amp; K&ouml;nig 2010). The distance is 1 - J, where
 * J estimates the Jaccard similarity of the two sets of runs:
 *
 * <pre>J = (m - 1/256) / (1 - 1/256),   m the share of equal bytes</pre>
 *
 * <p>The estimate has a standard deviation of at most {@code sqrt(J (1 - J) / 256)}, 0.029 at J =
 * 0.7. {@link #distance} is therefore less by {@value #SLACK}, so that a pair whose true similarity
 * reaches the declared one is found with a probability of 0.98 or more.
 *
 * <p>Buckets are bands of the signature (Leskovec, Rajaraman &amp; Ullman, "Mining of Massive
 * Datasets", 3.4): the longest bands of which {@value #MOST_BANDS} or fewer miss a pair at the
 * radius with a probability of at most 0.01.
 */
final class MinHashSignatures implements SignatureScheme {
  static final int PERMUTATIONS = 256;
  static final int SHINGLE = 5;
  static final double SLACK = 0.06;
  static final int MOST_BANDS = 20;
  static final double DEFAULT_RADIUS = 0.3;

  private static final double MISSED = 0.01;
  private static final int LONGEST_BAND = 8;
  private static final double CHANCE = 1.0 / 256;
  private static final long SEED = 0x6D696E68L;
  private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
  private static final int STRETCH = 8 * Long.BYTES; // bytes that are compared before a look
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final int rowSize;
  private final boolean parted;
  private final long[] factors = new long[PERMUTATIONS];
  private final long[] summands = new long[PERMUTATIONS];
  private volatile Reach latest = Reach.of(DEFAULT_RADIUS);

  /**
   * @param parted whether texts have several parts
   */
  MinHashSignatures(int rowSize, boolean parted) {
    this.rowSize = rowSize;
    this.parted = parted;
    CounterRandom random = CounterRandom.of(SEED);
    for (int i = 0; i < PERMUTATIONS; i++) {
      factors[i] = random.bits(2L * i) | 1;
      summands[i] = random.bits(2L * i + 1);
    }
  }

  @Override
  public int length() {
    return PERMUTATIONS;
  }

  @Override
  public byte[] signature(byte[] values, int offset) {
    String text = CanonicalText.plain(values, offset, rowSize);
    long[] least = new long[PERMUTATIONS];
    Arrays.fill(least, Long.MAX_VALUE);
    for (long shingle : Shingles.of(TextParts.pieces(text, parted), SHINGLE)) {
      lower(least, shingle, factors, summands);
    }
    byte[] signature = new byte[PERMUTATIONS];
    for (int i = 0; i < PERMUTATIONS; i++) {
      signature[i] = (byte) CounterRandom.mix(least[i]);
    }
    return signature;
  }

  /**
   * Takes a shingle into the minima. The upper half of a product depends on all bits below it.
   *
   * <p>No branch, for whether a minimum changes is not to be foreseen, and plain arrays of the
   * parameters: the form that becomes vector instructions.
   */
  private static void lower(long[] least, long shingle, long[] factors, long[] summands) {
    for (int i = 0; i < least.length; i++) {
      long above = ((shingle * factors[i] + summands[i]) >>> 1) - least[i];
      least[i] += above & -(above >>> Long.SIZE - 1);
    }
  }

  @Override
  public double distance(byte[] left, byte[] right) {
    return distance(PERMUTATIONS - different(left, 0, right, 0, PERMUTATIONS));
  }

  /**
   * How many bytes of two signatures differ; of those that differ in more than {@code most}, any
   * number above it.
   */
  private static int different(byte[] left, int leftAt, byte[] right, int rightAt, int most) {
    int different = 0;
    for (int from = 0; from < PERMUTATIONS && different <= most; from += STRETCH) {
      for (int i = from; i < from + STRETCH; i += Long.BYTES) {
        long bits = (long) WORDS.get(left, leftAt + i) ^ (long) WORDS.get(right, rightAt + i);
        // The top bit of each byte that is not 0.
        long bytes = ((bits & LOW_BITS) + LOW_BITS | bits) & ~LOW_BITS;
        different += Long.bitCount(bytes);
      }
    }
    return different;
  }

  private static double distance(int equal) {
    if (equal == PERMUTATIONS) {
      return 0;
    }
    double similarity = ((double) equal / PERMUTATIONS - CHANCE) / (1 - CHANCE);
    return Math.max(0, Math.min(1, 1 - similarity) - SLACK);
  }

  @Override
  public boolean within(byte[] signatures, int left, int right, double radius) {
    return near(signatures, left, right, reach(radius).different);
  }

  private static boolean near(byte[] signatures, int left, int right, int most) {
    return different(signatures, left * PERMUTATIONS, signatures, right * PERMUTATIONS, most)
        <= most;
  }

  private Reach reach(double radius) {
    Reach known = latest; // nearly always the one that is asked for
    if (known.radius != radius) {
      known = Reach.of(radius);
      latest = known;
    }
    return known;
  }

  @Override
  public SignatureBucket bucket(byte[] signatures, int[] rows, double radius) {
    int most = reach(radius).different;
    return (member, among) -> {
      for (int i = 0; i < Math.min(member, among); i++) {
        if (rows[i] != rows[member] && near(signatures, rows[i], rows[member], most)) {
          return true;
        }
      }
      return false;
    };
  }

  @Override
  public long[] buckets(byte[] signature, double radius) {
    Reach bands = reach(radius);
    long[] keys = new long[bands.count];
    for (int band = 0; band < keys.length; band++) {
      long key = CounterRandom.mix(SEED + band);
      for (int i = band * bands.length; i < (band + 1) * bands.length; i++) {
        key = CounterRandom.mix(key ^ (signature[i] & 0xFF));
      }
      keys[band] = key;
    }
    return keys;
  }

  /**
   * What a radius comes to.
   *
   * @param radius of near-duplicates
   * @param different most bytes in which two signatures within it differ; -1 when none are
   * @param count bands of a signature
   * @param length bytes of a band
   */
  private record Reach(double radius, int different, int count, int length) {
    static Reach of(double radius) {
      int different = PERMUTATIONS;
      while (different >= 0 && distance(PERMUTATIONS - different) > radius) {
        different--;
      }
      double similarity = Math.max(0, 1 - radius);
      for (int length = LONGEST_BAND; length > 1; length--) {
        double met = Math.pow(similarity, length);
        double needed = met >= 1 ? 1 : Math.ceil(Math.log(MISSED) / Math.log1p(-met));
        if (needed <= MOST_BANDS) {
          return new Reach(radius, different, (int) needed, length);
        }
      }
      return new Reach(radius, different, MOST_BANDS, 1);
    }
  }

  @Override
  public double defaultRadius() {
    return DEFAULT_RADIUS;
  }

  @Override
  public String unit() {
    return "1 - Jaccard similarity of runs of five characters";
  }
}
