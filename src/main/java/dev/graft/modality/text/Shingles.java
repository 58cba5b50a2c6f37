package dev.graft.modality.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The runs of a few characters that a text holds, as hashes; case and white space aside. */
final class Shingles {
  private static final RunHash HASH = new RunHash(0x7465);

  private Shingles() {}

  /**
   * Hashes of all runs of {@code length} characters, in order; of the whole text where it is
   * shorter; none of an empty text.
   */
  static long[] of(String text, int length) {
    CharacterRuns runs = CharacterRuns.of(CanonicalText.collapsed(text.toLowerCase(Locale.ROOT)));
    if (runs.count() == 0) {
      return new long[0];
    }
    int size = Math.min(length, runs.count());
    long[] hashes = new long[runs.count() - size + 1];
    for (int i = 0; i < hashes.length; i++) {
      hashes[i] = HASH.of(runs.utf8(), runs.starts()[i], runs.starts()[i + size]);
    }
    return hashes;
  }

  /** Those of several texts one after the other; no run goes from one to the next. */
  static long[] of(List<String> texts, int length) {
    return texts.size() == 1
        ? of(texts.get(0), length)
        : texts.stream().flatMapToLong(text -> Arrays.stream(of(text, length))).toArray();
  }
}
