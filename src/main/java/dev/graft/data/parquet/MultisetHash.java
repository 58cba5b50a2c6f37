package dev.graft.data.parquet;

import com.google.common.hash.Hashing;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * The sum, modulo 2^128, of the hashes of a multiset's elements: equal multisets have equal sums in
 * whatever order and grouping they are added.
 */
record MultisetHash(long high, long low) implements Serializable {
  static final int BYTES = 16;
  static final MultisetHash EMPTY = new MultisetHash(0, 0);

  /** The hash of one element: the first half of its SHA-256. */
  static byte[] element(byte[] bytes, int length) {
    return java.util.Arrays.copyOf(Hashing.sha256().hashBytes(bytes, 0, length).asBytes(), BYTES);
  }

  /** This multiset with one more element, given by its hash. */
  MultisetHash plus(byte[] element) {
    ByteBuffer words = ByteBuffer.wrap(element);
    return plus(new MultisetHash(words.getLong(), words.getLong()));
  }

  /** The union, with multiplicities, of two multisets. */
  MultisetHash plus(MultisetHash other) {
    long sum = low + other.low;
    long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
    return new MultisetHash(high + other.high + carry, sum);
  }

  /** 32 hexadecimal digits. */
  String hex() {
    return String.format(Locale.ROOT, "%016x%016x", high, low);
  }

  static MultisetHash ofHex(String hex) {
    return new MultisetHash(
        Long.parseUnsignedLong(hex.substring(0, 16), 16),
        Long.parseUnsignedLong(hex.substring(16), 16));
  }
}
