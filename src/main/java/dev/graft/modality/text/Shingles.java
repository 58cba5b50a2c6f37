package dev.graft.modality.text;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The runs of a few characters that a text holds, as hashes; case and white space aside. */
final class Shingles {
  private static final HashFunction HASH = Hashing.murmur3_128(0x7465);

  private Shingles() {}

  /**
   * Hashes of all runs of {@code length} characters, in order; of the whole text where it is
   * shorter; none of an empty text.
   */
  static long[] of(String text, int length) {
    int[] points = CanonicalText.collapsed(text.toLowerCase(Locale.ROOT)).codePoints().toArray();
    if (points.length == 0) {
      return new long[0];
    }
    int count = Math.max(1, points.length - length + 1);
    int size = Math.min(length, points.length);
    long[] hashes = new long[count];
    for (int i = 0; i < count; i++) {
      hashes[i] = HASH.hashString(new String(points, i, size), StandardCharsets.UTF_8).asLong();
    }
    return hashes;
  }

  /** Those of several texts one after the other; no run goes from one to the next. */
  static long[] of(List<String> texts, int length) {
    return texts.stream().flatMapToLong(text -> Arrays.stream(of(text, length))).toArray();
  }

  /** The same without repetitions, ascending. */
  static long[] distinct(List<String> texts, int length) {
    return Arrays.stream(of(texts, length)).sorted().distinct().toArray();
  }
}
