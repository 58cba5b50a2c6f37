package dev.graft.modality.text;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.graft.data.CounterRandom;
import dev.graft.modality.ClassicalAugmenter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Changes words of a text as EDA does (Wei &amp; Zou 2019, "EDA: Easy Data Augmentation Techniques
 * for Boosting Performance on Text Classification Tasks", https://arxiv.org/abs/1901.11196), or
 * letters of words. Each use of a row meets one operation of those that are chosen, all equally
 * likely. A text that becomes too long for a row is cut. Of a text of several parts each is changed
 * by itself; one that becomes too long stays what it was, and so does a text with spans ({@link
 * TextSpans}). A span and what touches it is one word, which may change places and is otherwise
 * left alone.
 */
public final class EasyDataAugmentation implements ClassicalAugmenter {
  /** Share of the words that is changed. */
  static final double ALPHA = 0.1;

  /**
   * What is done, {@code n = max(1, alpha * words)} times; never where alpha is 0. Where no word
   * has a synonym in {@link Synonyms}, words are exchanged instead.
   */
  public enum Operation {
    /** Words become synonyms. */
    @JsonProperty("replace")
    REPLACE,
    /** A synonym of one of its words comes in at a random place. */
    @JsonProperty("insert")
    INSERT,
    /** Two words change places. */
    @JsonProperty("exchange")
    EXCHANGE,
    /** Each word is left out with probability {@code alpha}; one word stays. */
    @JsonProperty("delete")
    DELETE,
    /** In a word, a letter is left out or doubled, or changes places with the next. */
    @JsonProperty("letters")
    LETTERS;

    /** Those of the paper. */
    static final List<Operation> EDA = List.of(REPLACE, INSERT, EXCHANGE, DELETE);
  }

  private static final int OPERATION = 0; // counters of the random numbers
  private static final int FIRST = 16;
  private static final int PER_CHANGE = 4;
  private static final int PARTS = 3;

  private final int rowSize;
  private final boolean parted;
  private final double alpha;
  private final List<Operation> operations;

  /**
   * @param rowSize bytes of a row
   * @param parted whether texts have several parts
   * @param alpha share of the words that is changed, 0 to 1
   * @param operations to choose from, at least one
   */
  public EasyDataAugmentation(
      int rowSize, boolean parted, double alpha, List<Operation> operations) {
    this.rowSize = rowSize;
    this.parted = parted;
    this.alpha = alpha;
    this.operations = List.copyOf(operations);
  }

  @Override
  public void augment(
      byte[] values, int offset, int label, CounterRandom random, byte[] out, int outOffset) {
    String text = CanonicalText.read(values, offset, rowSize);
    if (TextSpans.any(text)) {
      CanonicalText.writeMarked(marked(text, random), out, outOffset, rowSize);
      return;
    }
    String changed = parted ? parts(text, random) : augment(text, random);
    CanonicalText.write(changed, out, outOffset, rowSize);
  }

  private String marked(String text, CounterRandom random) {
    String changed = CanonicalText.marked(augment(text, random));
    return changed.getBytes(StandardCharsets.UTF_8).length > rowSize ? text : changed;
  }

  private String parts(String text, CounterRandom random) {
    List<String> parts = new ArrayList<>();
    for (String part : TextParts.of(text)) {
      parts.add(augment(part, CounterRandom.of(random.bits(PARTS), parts.size())));
    }
    String changed = TextParts.joined(parts);
    return CanonicalText.bytes(changed) > rowSize ? text : changed;
  }

  /** A changed copy of a text. */
  String augment(String text, CounterRandom random) {
    List<String> words =
        TextSpans.any(text)
            ? TextSpans.words(text)
            : new ArrayList<>(Arrays.asList(text.split(" ")));
    int changes = alpha == 0 ? 0 : Math.max(1, (int) (alpha * words.size()));
    switch (operations.get(random.below(OPERATION, operations.size()))) {
      case REPLACE -> replace(words, changes, random);
      case INSERT -> insert(words, changes, random);
      case EXCHANGE -> exchange(words, changes, random);
      case DELETE -> delete(words, random);
      case LETTERS -> misspell(words, changes, random);
    }
    return String.join(" ", words);
  }

  private static void replace(List<String> words, int changes, CounterRandom random) {
    int[] known = known(words, random);
    if (known.length == 0) {
      exchange(words, changes, random);
    }
    for (int change = 0; change < Math.min(changes, known.length); change++) {
      words.set(known[change], synonym(words.get(known[change]), change, random));
    }
  }

  private static void insert(List<String> words, int changes, CounterRandom random) {
    int[] known = known(words, random);
    if (known.length == 0) {
      exchange(words, changes, random);
    }
    List<String> found = new ArrayList<>();
    for (int change = 0; change < changes && known.length > 0; change++) {
      found.add(synonym(words.get(known[change % known.length]), change, random));
    }
    for (int change = 0; change < found.size(); change++) {
      words.add(random.below(FIRST + PER_CHANGE * change + 1, words.size() + 1), found.get(change));
    }
  }

  private static void exchange(List<String> words, int changes, CounterRandom random) {
    for (int change = 0; change < changes && words.size() > 1; change++) {
      int one = random.below(FIRST + PER_CHANGE * change + 2, words.size());
      int other = random.below(FIRST + PER_CHANGE * change + 3, words.size() - 1);
      other += other < one ? 0 : 1;
      words.set(one, words.set(other, words.get(one)));
    }
  }

  private void delete(List<String> words, CounterRandom random) {
    int kept = random.below(1, words.size());
    String spared = words.get(kept);
    List<String> left = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      if (random.uniform(FIRST + i) >= alpha || TextSpans.any(words.get(i))) {
        left.add(words.get(i));
      }
    }
    words.clear();
    words.addAll(left.isEmpty() ? List.of(spared) : left);
  }

  private static void misspell(List<String> words, int changes, CounterRandom random) {
    int[] order =
        Arrays.stream(CounterRandom.of(random.bits(2)).permutation(words.size()))
            .filter(at -> !TextSpans.any(words.get(at)))
            .toArray();
    for (int change = 0; change < Math.min(changes, order.length); change++) {
      words.set(
          order[change],
          misspelt(
              words.get(order[change]), CounterRandom.of(random.bits(FIRST + change), change)));
    }
  }

  private static String misspelt(String word, CounterRandom random) {
    int[] letters = word.codePoints().toArray();
    if (letters.length < 2) {
      return word;
    }
    int at = random.below(0, letters.length - 1);
    String before = new String(letters, 0, at);
    String letter = Character.toString(letters[at]);
    String next = Character.toString(letters[at + 1]);
    String after = new String(letters, at + 2, letters.length - at - 2);
    return switch (random.below(1, 3)) {
      case 0 -> before + next + after;
      case 1 -> before + letter + letter + next + after;
      default -> before + next + letter + after;
    };
  }

  /** Positions of words that have synonyms, in a random order. */
  private static int[] known(List<String> words, CounterRandom random) {
    int[] order = CounterRandom.of(random.bits(2)).permutation(words.size());
    return Arrays.stream(order).filter(at -> !Synonyms.of(words.get(at)).isEmpty()).toArray();
  }

  private static String synonym(String word, int change, CounterRandom random) {
    List<String> synonyms = Synonyms.of(word);
    return synonyms.get(random.below(FIRST + PER_CHANGE * change, synonyms.size()));
  }
}
