package dev.graft.modality.text;

import dev.graft.data.CounterRandom;
import dev.graft.modality.SignatureScheme;

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

  private final int rowSize;
  private final boolean parted;
  private final long[] factors = new long[PERMUTATIONS];
  private final long[] summands = new long[PERMUTATIONS];

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
    long[] shingles = Shingles.distinct(TextParts.pieces(text, parted), SHINGLE);
    byte[] signature = new byte[PERMUTATIONS];
    for (int i = 0; i < PERMUTATIONS; i++) {
      long least = Long.MAX_VALUE;
      for (long shingle : shingles) {
        // The upper half of a product depends on all bits below it.
        least = Math.min(least, (shingle * factors[i] + summands[i]) >>> 1);
      }
      signature[i] = (byte) CounterRandom.mix(least);
    }
    return signature;
  }

  @Override
  public double distance(byte[] left, byte[] right) {
    int equal = 0;
    for (int i = 0; i < PERMUTATIONS; i++) {
      equal += left[i] == right[i] ? 1 : 0;
    }
    return distance(equal);
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
    int equal = 0;
    for (int i = 0; i < PERMUTATIONS; i++) {
      equal += signatures[left * PERMUTATIONS + i] == signatures[right * PERMUTATIONS + i] ? 1 : 0;
    }
    return distance(equal) <= radius;
  }

  @Override
  public long[] buckets(byte[] signature, double radius) {
    Bands bands = Bands.of(radius);
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
   * @param count bands of a signature
   * @param length bytes of a band
   */
  private record Bands(int count, int length) {
    static Bands of(double radius) {
      double similarity = Math.max(0, 1 - radius);
      for (int length = LONGEST_BAND; length > 1; length--) {
        double met = Math.pow(similarity, length);
        double needed = met >= 1 ? 1 : Math.ceil(Math.log(MISSED) / Math.log1p(-met));
        if (needed <= MOST_BANDS) {
          return new Bands((int) needed, length);
        }
      }
      return new Bands(MOST_BANDS, 1);
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
