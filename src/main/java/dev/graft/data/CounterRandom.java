package dev.graft.data;

/**
 * A counter-based generator: every draw is a pure function of (key, counter), so any sample, step
 * or row can be drawn alone, in any order and on any worker, with the same result. The mixing
 * function is the SplitMix64 finaliser (Steele, Lea &amp; Flood 2014); normal deviates are
 * Box-Muller with {@link StrictMath}, hence the same bits on every platform.
 */
public final class CounterRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long key;

  private CounterRandom(long key) {
    this.key = key;
  }

  /** A stream keyed by a seed and any number of coordinates (sample index, step, purpose). */
  public static CounterRandom of(long seed, long... coordinates) {
    long key = mix(seed + GOLDEN);
    for (long coordinate : coordinates) {
      // Turned by half a word, so that (a, b) and (b, a) are not the same stream.
      key = mix(Long.rotateLeft(key, 32) ^ mix(coordinate + GOLDEN));
    }
    return new CounterRandom(key);
  }

  /** The 64-bit word at {@code counter}. */
  public long bits(long counter) {
    return mix(key + counter * GOLDEN);
  }

  /** A uniform double in the open interval (0, 1). */
  public double uniform(long counter) {
    return ((bits(counter) >>> 11) + 0.5) * 0x1.0p-53;
  }

  /** A uniform integer in [0, bound). */
  public int below(long counter, int bound) {
    return (int) Math.multiplyHigh(bits(counter) >>> 1, (long) bound << 1);
  }

  /** Fills {@code count} standard normal deviates, using counters 0 to {@code count}. */
  public void gaussian(float[] out, int offset, int count) {
    for (int i = 0; i < count; i += 2) {
      double radius = StrictMath.sqrt(-2 * StrictMath.log(uniform(i)));
      double angle = 2 * Math.PI * uniform(i + 1L);
      out[offset + i] = (float) (radius * StrictMath.cos(angle));
      if (i + 1 < count) {
        out[offset + i + 1] = (float) (radius * StrictMath.sin(angle));
      }
    }
  }

  /** A permutation of 0 to {@code size - 1} (Fisher-Yates). */
  public int[] permutation(int size) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int j = below(i, i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The SplitMix64 finaliser. */
  public static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
