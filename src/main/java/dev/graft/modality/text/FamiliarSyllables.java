package dev.graft.modality.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;

/**
 * Whether a text is of the language of some others, by its runs of three letters (after Cavnar
 * &amp; Trenkle 1994, "N-Gram-Based Text Categorization"). The profile of the texts is the fewest
 * most frequent runs that make up {@value #PERCENT} % of all of theirs: the rest are names, slips
 * and loans. A run lies within a word, whose ends are a letter each. Immutable, thread-safe.
 */
public final class FamiliarSyllables {
  static final int PERCENT = 95;

  private static final int BITS = 21; // of a code point
  private static final long RUN = (1L << 3 * BITS) - 1;

  private final long[] familiar;

  /**
   * @param texts whose language is known
   */
  public FamiliarSyllables(List<String> texts) {
    Map<Long, Integer> counts = new TreeMap<>();
    texts.forEach(text -> runs(text, run -> counts.merge(run, 1, Integer::sum)));
    long all = counts.values().stream().mapToLong(count -> count).sum();
    List<Map.Entry<Long, Integer>> frequent =
        counts.entrySet().stream()
            .sorted(Map.Entry.<Long, Integer>comparingByValue().reversed())
            .toList();
    int kept = 0;
    for (long sum = 0; kept < frequent.size() && 100 * sum < PERCENT * all; kept++) {
      sum += frequent.get(kept).getValue();
    }
    this.familiar = frequent.stream().limit(kept).mapToLong(Map.Entry::getKey).sorted().toArray();
  }

  /** Share of the runs of a text that are of the profile, 0 to 1; 1 for a text without letters. */
  public double share(String text) {
    int[] counts = new int[2];
    runs(
        text,
        run -> {
          counts[0]++;
          counts[1] += Arrays.binarySearch(familiar, run) >= 0 ? 1 : 0;
        });
    return counts[0] == 0 ? 1 : (double) counts[1] / counts[0];
  }

  private static void runs(String text, LongConsumer found) {
    String folded = text.toLowerCase(Locale.ROOT) + " ";
    long run = 0;
    int letters = 0;
    for (int i = 0; i < folded.length(); ) {
      int point = folded.codePointAt(i);
      i += Character.charCount(point);
      boolean letter = isLetter(point);
      if (letter || letters > 0) {
        run = (run << BITS | (letter ? point : 0)) & RUN;
        letters++;
        if (letters > 1) {
          found.accept(run);
        }
      }
      if (!letter) {
        run = 0;
        letters = 0;
      }
    }
  }

  private static boolean isLetter(int point) {
    return Character.isLetter(point)
        || Character.getType(point) == Character.NON_SPACING_MARK
        || Character.getType(point) == Character.COMBINING_SPACING_MARK;
  }
}
