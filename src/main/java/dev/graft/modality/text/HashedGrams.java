package dev.graft.modality.text;

import com.google.common.primitives.Ints;
import dev.graft.data.GraftException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * The n-grams of a text, hashed to a fixed number of places (Weinberger et al. 2009, "Feature
 * Hashing for Large Scale Multitask Learning"). Case is ignored; words are runs of letters and
 * digits, or single other characters, and runs of characters include the spaces at both ends.
 * Thread-safe.
 */
public final class HashedGrams {
  private static final RunHash HASH = new RunHash(0x6772);
  private static final int KIND = Integer.BYTES; // bytes before a gram that say what it is made of
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

  /** The place of every gram of a text: one that the text holds twice is there twice. */
  public int[] places(String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    int[] characters =
        settings.characters.isEmpty()
            ? new int[0]
            : places(
                CharacterRuns.of(" " + CanonicalText.collapsed(folded) + " "),
                settings.characters,
                CHARACTERS);
    int[] words =
        settings.words.isEmpty()
            ? new int[0]
            : places(joined(Words.of(folded)), settings.words, WORDS);
    return Ints.concat(characters, words);
  }

  /** Words with a space after each. */
  private static CharacterRuns joined(List<String> words) {
    byte[] utf8 = (String.join(" ", words) + " ").getBytes(StandardCharsets.UTF_8);
    int[] starts = new int[words.size() + 1];
    int count = 0;
    for (int i = 0; i < utf8.length && count < words.size(); i++) {
      if (utf8[i] == ' ') {
        starts[++count] = i + 1;
      }
    }
    return new CharacterRuns(utf8, starts);
  }

  /** Of the runs of the given lengths. */
  private int[] places(CharacterRuns runs, List<Integer> lengths, int kind) {
    int shortest = lengths.get(0);
    int longest = Math.min(lengths.get(1), runs.count());
    int all = 0;
    for (int length = shortest; length <= longest; length++) {
      all += runs.count() - length + 1;
    }
    int[] places = new int[all];
    byte[] gram = new byte[KIND + runs.utf8().length];
    gram[0] = (byte) kind;
    int at = 0;
    for (int length = shortest; length <= longest; length++) {
      for (int i = 0; i + length <= runs.count(); i++) {
        int from = runs.starts()[i];
        // Words are told by the spaces between them: the last one of a gram has none.
        int size = runs.starts()[i + length] - from - (kind == WORDS ? 1 : 0);
        System.arraycopy(runs.utf8(), from, gram, KIND, size);
        places[at++] =
            (int) Long.remainderUnsigned(HASH.of(gram, 0, KIND + size), settings.buckets);
      }
    }
    return places;
  }
}
