package dev.graft.modality.text;

import dev.graft.data.GraftException;
import java.lang.Character.UnicodeScript;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds words and phrases that no text may hold. A term is met as whole words: runs of letters,
 * marks and digits, with anything else between them; in scripts without spaces (Han, Hiragana,
 * Katakana, Thai, Lao, Khmer, Myanmar) each character is a word. Compared are compatibility forms
 * (NFKC) without case, by full case mapping: {@code STRASSE} is {@code Straße}, {@code ｂａｄ} is
 * {@code bad}.
 *
 * <p>Terms go about as digests, so that neither a manifest nor an error message spells them out.
 * Immutable, thread-safe.
 */
public final class BlockedTerms {
  private static final RunHash HASH = new RunHash(0x626C6B);
  private static final Set<UnicodeScript> WITHOUT_SPACES =
      Set.of(
          UnicodeScript.HAN,
          UnicodeScript.HIRAGANA,
          UnicodeScript.KATAKANA,
          UnicodeScript.THAI,
          UnicodeScript.LAO,
          UnicodeScript.KHMER,
          UnicodeScript.MYANMAR);
  private static final char DIVIDER = ':';

  private final Set<Long> hashes = new HashSet<>();
  private final Set<Integer> lengths = new TreeSet<>();

  /**
   * @param digests of {@link #digests}
   */
  public BlockedTerms(List<String> digests) {
    for (String digest : digests) {
      int divider = digest.indexOf(DIVIDER);
      lengths.add(Integer.parseInt(digest.substring(0, divider)));
      hashes.add(Long.parseUnsignedLong(digest.substring(divider + 1), 16));
    }
  }

  /**
   * Terms as they are compared, sorted: the number of words and a hash of each.
   *
   * @throws GraftException (exit 2) for a term without a letter or digit, by its place
   */
  public static List<String> digests(List<String> terms) {
    Set<String> digests = new TreeSet<>();
    for (int i = 0; i < terms.size(); i++) {
      List<String> words = words(terms.get(i));
      if (words.isEmpty()) {
        throw GraftException.usage(
            "blocked term %d of %d has no letter or digit; write a word or a phrase, or remove it",
            i + 1, terms.size());
      }
      digests.add(words.size() + ":" + Long.toHexString(hash(words)));
    }
    return List.copyOf(digests);
  }

  private static long hash(List<String> words) {
    byte[] utf8 = String.join(" ", words).getBytes(StandardCharsets.UTF_8);
    return HASH.of(utf8, 0, utf8.length);
  }

  /** How many places of a text hold a term. */
  public int in(String text) {
    List<String> words = words(text);
    int found = 0;
    for (int length : lengths) {
      for (int i = 0; i + length <= words.size(); i++) {
        found += hashes.contains(hash(words.subList(i, i + length))) ? 1 : 0;
      }
    }
    return found;
  }

  private static List<String> words(String text) {
    String folded =
        Normalizer.normalize(text, Form.NFKC).toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    folded
        .replace('\u03C2', '\u03C3') // the sigma that ends a word is one inside
        .codePoints()
        .forEach(
            point -> {
              boolean alone =
                  Character.isLetter(point) && WITHOUT_SPACES.contains(UnicodeScript.of(point));
              if (alone || !isOfWord(point)) {
                end(word, words);
              }
              if (alone || isOfWord(point)) {
                word.appendCodePoint(point);
              }
              if (alone) {
                end(word, words);
              }
            });
    end(word, words);
    return words;
  }

  private static void end(StringBuilder word, List<String> words) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private static boolean isOfWord(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> Character.isLetterOrDigit(point);
    };
  }
}
