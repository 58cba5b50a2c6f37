package dev.graft.modality.text;

import dev.graft.data.CounterRandom;
import dev.graft.modality.ClassicalAugmenter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The four operations of EDA (Wei &amp; Zou 2019, "EDA: Easy Data Augmentation Techniques for
 * Boosting Performance on Text Classification Tasks", https://arxiv.org/abs/1901.11196), one of
 * which each use of a row meets, all equally likely:
 *
 * <ul>
 *   <li>replacement of {@code n} words by synonyms, {@code n = max(1, alpha * words)},
 *   <li>insertion of a synonym of one of its words at a random place, {@code n} times,
 *   <li>exchange of two words, {@code n} times,
 *   <li>deletion of each word with probability {@code alpha}; one word stays.
 * </ul>
 *
 * <p>Where no word has a synonym in {@link Synonyms}, words are exchanged instead. A text that
 * becomes too long for a row is cut. Of a text of several parts each is changed by itself; one that
 * becomes too long stays what it was.
 */
final class EasyDataAugmentation implements ClassicalAugmenter {
  /** Share of the words that is changed. */
  static final double ALPHA = 0.1;

  private static final int OPERATIONS = 4;
  private static final int OPERATION = 0; // counters of the random numbers
  private static final int FIRST = 16;
  private static final int PER_CHANGE = 4;
  private static final int PARTS = 3;

  private final int rowSize;
  private final boolean parted;
  private final double alpha;

  /**
   * @param parted whether texts have several parts
   */
  EasyDataAugmentation(int rowSize, boolean parted, double alpha) {
    this.rowSize = rowSize;
    this.parted = parted;
    this.alpha = alpha;
  }

  @Override
  public void augment(
      byte[] values, int offset, int label, CounterRandom random, byte[] out, int outOffset) {
    String text = CanonicalText.read(values, offset, rowSize);
    String changed = parted ? parts(text, random) : augment(text, random);
    CanonicalText.write(changed, out, outOffset, rowSize);
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
    List<String> words = new ArrayList<>(Arrays.asList(text.split(" ")));
    int changes = Math.max(1, (int) (alpha * words.size()));
    switch (random.below(OPERATION, OPERATIONS)) {
      case 0 -> replace(words, changes, random);
      case 1 -> insert(words, changes, random);
      case 2 -> exchange(words, changes, random);
      default -> delete(words, random);
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
      if (random.uniform(FIRST + i) >= alpha) {
        left.add(words.get(i));
      }
    }
    words.clear();
    words.addAll(left.isEmpty() ? List.of(spared) : left);
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
