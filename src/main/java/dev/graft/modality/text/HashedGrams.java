package dev.graft.modality.text;

import com.google.common.hash.HashFunction;
import com.google.common.hash.Hashing;
import dev.graft.data.GraftException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Counts of the n-grams of a text, hashed to a fixed number of places (Weinberger et al. 2009,
 * "Feature Hashing for Large Scale Multitask Learning"). Case is ignored; words are runs of letters
 * and digits, or single other characters, and runs of characters include the spaces at both ends.
 * Thread-safe.
 */
public final class HashedGrams {
  private static final HashFunction HASH = Hashing.murmur3_128(0x6772);
  private static final int CHARACTERS = 1;
  private static final int WORDS = 2;

  /**
   * @param characters shortest and longest run of characters; empty for none
   * @param words shortest and longest run of words; empty for none
   * @param buckets places that grams are hashed to
   */
  public record Settings(List<Integer> characters, List<Integer> words, int buckets) {
    public Settings {
      characters = characters == null ? List.of() : List.copyOf(characters);
      words = words == null ? List.of() : List.copyOf(words);
    }

    /**
     * @throws GraftException (exit 2) when nothing is counted, or a range is none
     */
    public void check() {
      if (characters.isEmpty() && words.isEmpty()) {
        throw GraftException.usage(
            "architecture.grams counts nothing; give characters, words or both, such as words: [1,"
                + " 2]");
      }
      for (List<Integer> range : List.of(characters, words)) {
        if (!range.isEmpty() && range.get(0) > range.get(1)) {
          throw GraftException.usage(
              "architecture.grams has the range %s; the shortest comes first", range);
        }
      }
    }
  }

  private final Settings settings;

  public HashedGrams(Settings settings) {
    this.settings = settings;
  }

  public int buckets() {
    return settings.buckets;
  }

  /** How often the grams of each place occur in a text. */
  public int[] counts(String text) {
    int[] counts = new int[settings.buckets];
    String folded = text.toLowerCase(Locale.ROOT);
    if (!settings.characters.isEmpty()) {
      int[] points = (" " + CanonicalText.collapsed(folded) + " ").codePoints().toArray();
      for (int length = settings.characters.get(0);
          length <= settings.characters.get(1);
          length++) {
        for (int i = 0; i + length <= points.length; i++) {
          count(new String(points, i, length), CHARACTERS, counts);
        }
      }
    }
    if (!settings.words.isEmpty()) {
      List<String> words = Words.of(folded);
      for (int length = settings.words.get(0); length <= settings.words.get(1); length++) {
        for (int i = 0; i + length <= words.size(); i++) {
          count(String.join(" ", words.subList(i, i + length)), WORDS, counts);
        }
      }
    }
    return counts;
  }

  private static void count(String gram, int kind, int[] counts) {
    long hash =
        HASH.newHasher().putInt(kind).putString(gram, StandardCharsets.UTF_8).hash().asLong();
    counts[(int) Long.remainderUnsigned(hash, counts.length)]++;
  }
}
