package dev.graft.modality.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What character comes next in texts like some others: an n-gram model with interpolated
 * Witten-Bell smoothing (Witten &amp; Bell 1991, "The zero-frequency problem"; the form of Chen
 * &amp; Goodman 1999), of the order {@value #ORDER}:
 *
 * <pre>
 * p_k(c | h) = (C(hc) + T(h) p_(k-1)(c | h')) / (N(h) + T(h))     h the k - 1 characters before
 * p_0(c)     = 1 / (characters that are known + 2)
 * </pre>
 *
 * <p>N(h) is how often h was followed by anything, T(h) by how many different characters, h' is h
 * without its first. The end of a text is a character, and so is every one that is not known; case
 * and runs of white space are ignored. What follows an h that never occurred is told by h'.
 * Immutable, thread-safe.
 */
public final class CharacterModel {
  /** Longest run of characters that is counted. */
  public static final int ORDER = 5;

  private static final int BITS = 12; // of a character in a packed run
  private static final int KNOWN = (1 << BITS) - 2;
  private static final int UNKNOWN = 0;
  private static final int EDGE = 1; // the end of a text, and what is before its beginning
  private static final int FIRST = 2;
  private static final int MOST_SYMBOLS = 1 << 22;
  private static final double SMALL = 1e-200;

  private final Map<Integer, Integer> alphabet;
  private final PackedCounts[] runs = new PackedCounts[ORDER + 1];
  private final PackedCounts[] followed = new PackedCounts[ORDER];
  private final PackedCounts[] different = new PackedCounts[ORDER];

  /**
   * @param texts to learn from; of more than four million characters the first
   */
  public CharacterModel(List<String> texts) {
    int[][] folded = texts.stream().map(CharacterModel::fold).toArray(int[][]::new);
    int symbols = 0;
    int used = 0;
    while (used < folded.length && symbols + folded[used].length < MOST_SYMBOLS) {
      symbols += folded[used++].length + 1;
    }
    this.alphabet = alphabet(folded, used);
    long[][] found = new long[ORDER + 1][symbols];
    int at = 0;
    for (int text = 0; text < used; text++) {
      long window = before();
      for (int i = 0; i <= folded[text].length; i++) {
        window = next(window, folded[text], i);
        for (int length = 1; length <= ORDER; length++) {
          found[length][at] = last(window, length);
        }
        at++;
      }
    }
    for (int length = 1; length <= ORDER; length++) {
      Arrays.sort(found[length]);
      runs[length] = PackedCounts.of(found[length]);
      followed[length - 1] =
          PackedCounts.of(Arrays.stream(found[length]).map(run -> run >>> BITS).toArray());
      different[length - 1] =
          PackedCounts.of(
              Arrays.stream(found[length]).distinct().map(run -> run >>> BITS).toArray());
    }
  }

  private static int[] fold(String text) {
    return CanonicalText.collapsed(text.toLowerCase(Locale.ROOT)).codePoints().toArray();
  }

  /** Numbers of the most frequent characters, of equally frequent ones the lowest. */
  private static Map<Integer, Integer> alphabet(int[][] texts, int used) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int text = 0; text < used; text++) {
      for (int point : texts[text]) {
        counts.merge(point, 1, Integer::sum);
      }
    }
    Map<Integer, Integer> numbers = new HashMap<>();
    counts.entrySet().stream()
        .sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed())
        .limit(KNOWN)
        .forEach(entry -> numbers.put(entry.getKey(), FIRST + numbers.size()));
    return numbers;
  }

  private static long before() {
    long window = 0;
    for (int i = 0; i < ORDER; i++) {
      window = window << BITS | EDGE;
    }
    return window;
  }

  /** The run that ends with the character at a place of a text, or with its end. */
  private long next(long window, int[] text, int place) {
    int symbol = place == text.length ? EDGE : alphabet.getOrDefault(text[place], UNKNOWN);
    return last(window << BITS | symbol, ORDER);
  }

  private static long last(long window, int length) {
    return window & (1L << BITS * length) - 1;
  }

  /** -log p of a text and its end, in nats per character; the end is one. 0 or more. */
  public double natsPerCharacter(String text) {
    int[] points = fold(text);
    double nats = 0;
    double product = 1;
    long window = before();
    for (int i = 0; i <= points.length; i++) {
      window = next(window, points, i);
      product *= probability(window);
      if (product < SMALL) {
        nats -= StrictMath.log(product);
        product = 1;
      }
    }
    return Math.max(0, nats - StrictMath.log(product)) / (points.length + 1);
  }

  /** Of the last character of a run, given those before it. */
  private double probability(long window) {
    double probability = 1.0 / (alphabet.size() + FIRST);
    for (int length = 1; length <= ORDER; length++) {
      long run = last(window, length);
      double all = followed[length - 1].count(run >>> BITS);
      if (all == 0) {
        break;
      }
      double kinds = different[length - 1].count(run >>> BITS);
      probability = (runs[length].count(run) + kinds * probability) / (all + kinds);
    }
    return probability;
  }
}
