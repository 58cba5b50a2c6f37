package dev.graft.modality.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The first half of MurmurHash3 (x64, 128 bits; Appleby 2011, public domain) of runs of bytes: the
 * value of {@code Hashing.murmur3_128(seed).hashBytes(bytes, from, to - from).asLong()} of Guava,
 * which makes several objects for each run. A text has a hundred runs and more. Thread-safe.
 */
final class RunHash {
  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long C1 = 0x87C37B91114253D5L;
  private static final long C2 = 0x4CF5AD432745937FL;
  private static final int BLOCK = 2 * Long.BYTES;

  private final long seed;

  RunHash(int seed) {
    this.seed = seed;
  }

  /** Of the bytes {@code from} to {@code to - 1}. */
  long of(byte[] bytes, int from, int to) {
    long one = seed;
    long two = seed;
    int at = from;
    for (; to - at >= BLOCK; at += BLOCK) {
      one ^= first((long) WORDS.get(bytes, at));
      one = (Long.rotateLeft(one, 27) + two) * 5 + 0x52DCE729;
      two ^= second((long) WORDS.get(bytes, at + Long.BYTES));
      two = (Long.rotateLeft(two, 31) + one) * 5 + 0x38495AB5;
    }
    one ^= first(word(bytes, at, to));
    two ^= second(word(bytes, at + Long.BYTES, to));
    one ^= to - from;
    two ^= to - from;
    one += two;
    two += one;
    return finished(one) + finished(two);
  }

  /** Eight bytes or fewer, the first one lowest; zeros from {@code to} on. */
  private static long word(byte[] bytes, int from, int to) {
    int count = Math.min(Long.BYTES, to - from);
    if (count > 0 && from + Long.BYTES <= bytes.length) {
      return (long) WORDS.get(bytes, from) & -1L >>> Byte.SIZE * (Long.BYTES - count);
    }
    long word = 0;
    for (int i = count - 1; i >= 0; i--) {
      word = word << Byte.SIZE | bytes[from + i] & 0xFF;
    }
    return word;
  }

  private static long first(long word) {
    return Long.rotateLeft(word * C1, 31) * C2;
  }

  private static long second(long word) {
    return Long.rotateLeft(word * C2, 33) * C1;
  }

  private static long finished(long half) {
    long z = (half ^ half >>> 33) * 0xFF51AFD7ED558CCDL;
    z = (z ^ z >>> 33) * 0xC4CEB9FE1A85EC53L;
    return z ^ z >>> 33;
  }
}
