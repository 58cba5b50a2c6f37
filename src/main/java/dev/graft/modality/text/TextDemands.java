package dev.graft.modality.text;

import dev.graft.data.GraftException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What texts are asked to be beside their class, by the controls of a spec:
 *
 * <ul>
 *   <li>{@code prefix}: they begin with one of these texts,
 *   <li>{@code keywords}: they hold all of these as whole words, whatever the case,
 *   <li>{@code min-words}, {@code max-words}: they have so many words, with spaces between them.
 * </ul>
 *
 * Immutable, thread-safe.
 */
public final class TextDemands {
  public static final String PREFIX = "prefix";
  public static final String KEYWORDS = "keywords";
  public static final String MIN_WORDS = "min-words";
  public static final String MAX_WORDS = "max-words";

  /** Controls whose value is a text, or a list of them. */
  public static final Set<String> TEXTS = Set.of(PREFIX, KEYWORDS);

  /** Controls whose value is a number. */
  public static final Set<String> NUMBERS = Set.of(MIN_WORDS, MAX_WORDS);

  private final List<String> prefixes;
  private final List<String> keywords;
  private final List<BlockedTerms> terms;
  private final int fewestWords;
  private final int mostWords;

  private TextDemands(
      List<String> prefixes, List<String> keywords, int fewestWords, int mostWords) {
    this.prefixes = prefixes;
    this.keywords = keywords;
    this.terms =
        keywords.stream()
            .map(word -> new BlockedTerms(BlockedTerms.digests(List.of(word))))
            .toList();
    this.fewestWords = fewestWords;
    this.mostWords = mostWords;
  }

  /**
   * The demands among some controls; others are left alone.
   *
   * @throws GraftException (exit 2) for a value that no text can meet
   */
  public static TextDemands of(Map<String, Double> numbers, Map<String, List<String>> texts) {
    int fewest = words(numbers, MIN_WORDS, 0);
    int most = words(numbers, MAX_WORDS, Integer.MAX_VALUE);
    if (most < Math.max(1, fewest)) {
      throw GraftException.usage(
          "control max-words is %d; allowed: 1 or more, and not below min-words, which is %d",
          most, fewest);
    }
    return new TextDemands(sound(texts, PREFIX), sound(texts, KEYWORDS), fewest, most);
  }

  private static int words(Map<String, Double> numbers, String name, int otherwise) {
    double value = numbers.getOrDefault(name, (double) otherwise);
    if (!(value >= 0 && value == Math.rint(value))) {
      throw GraftException.usage("control %s is %s; allowed: whole numbers", name, value);
    }
    return (int) value;
  }

  private static List<String> sound(Map<String, List<String>> texts, String name) {
    List<String> sound = new ArrayList<>();
    for (String text : texts.getOrDefault(name, List.of())) {
      String collapsed = CanonicalText.collapsed(CanonicalText.normal(text));
      if (collapsed.codePoints().noneMatch(Character::isLetterOrDigit)) {
        throw GraftException.usage(
            "control %s has \"%s\"; allowed: texts with a letter or digit", name, text);
      }
      sound.add(collapsed);
    }
    return List.copyOf(sound);
  }

  /** Texts begin with one of these; empty for any beginning. */
  public List<String> prefixes() {
    return prefixes;
  }

  /** Texts hold all of these. */
  public List<String> keywords() {
    return keywords;
  }

  public int fewestWords() {
    return fewestWords;
  }

  public int mostWords() {
    return mostWords;
  }

  /** Controls that ask for something, in the order of this page. */
  public List<String> asked() {
    List<String> asked = new ArrayList<>();
    add(PREFIX, !prefixes.isEmpty(), asked);
    add(KEYWORDS, !keywords.isEmpty(), asked);
    add(MIN_WORDS, fewestWords > 0, asked);
    add(MAX_WORDS, mostWords < Integer.MAX_VALUE, asked);
    return asked;
  }

  private static void add(String name, boolean asks, List<String> asked) {
    if (asks) {
      asked.add(name);
    }
  }

  /** Whether a text is what one of {@link #asked} asks for. */
  public boolean met(String control, String text) {
    return switch (control) {
      case PREFIX -> prefixes.stream().anyMatch(text::startsWith);
      case KEYWORDS -> terms.stream().allMatch(term -> term.in(text) > 0);
      case MIN_WORDS -> count(text) >= fewestWords;
      case MAX_WORDS -> count(text) <= mostWords;
      default -> throw new IllegalArgumentException(control);
    };
  }

  /** Whether a text holds the keyword of this number. */
  public boolean holds(int keyword, String text) {
    return terms.get(keyword).in(text) > 0;
  }

  private static int count(String text) {
    String collapsed = CanonicalText.collapsed(text);
    return collapsed.isEmpty() ? 0 : (int) collapsed.chars().filter(c -> c == ' ').count() + 1;
  }
}
