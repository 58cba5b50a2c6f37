package dev.graft.model.language;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.graft.data.GraftException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tokens are pieces of. */
enum TokenLevel {
  /** Bytes, and pairs of tokens that occur often: every text has tokens. */
  @JsonProperty("byte-pairs")
  BYTE_PAIRS(BytePairs.PIECES, 2) {
    @Override
    Tokens learn(List<String> texts, int size) {
      return BytePairLearner.learn(texts, size);
    }
  },

  /** Words with the space before them, numbers and punctuation; what occurs once is unknown. */
  @JsonProperty("words")
  WORDS(BytePairs.PIECES, 2),

  /** Characters of Unicode. */
  @JsonProperty("characters")
  CHARACTERS(Pattern.compile("[\\s\\S]"), 1);

  private final Pattern pieces;
  private final int fewest;

  TokenLevel(Pattern pieces, int fewest) {
    this.pieces = pieces;
    this.fewest = fewest;
  }

  /** How texts fall into pieces. */
  Pattern pieces() {
    return pieces;
  }

  /**
   * The tokens of texts; the most frequent pieces, of equally frequent ones the first in the order
   * of Unicode, so that the result does not depend on the order of the texts.
   *
   * @param size most tokens, the end among them
   */
  Tokens learn(List<String> texts, int size) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String text : texts) {
      for (Matcher matcher = pieces.matcher(text); matcher.find(); ) {
        counts.merge(matcher.group(), 1, Integer::sum);
      }
    }
    List<String> frequent = new ArrayList<>(counts.keySet());
    frequent.removeIf(piece -> counts.get(piece) < fewest);
    frequent.sort(Comparator.comparing(counts::get, Comparator.reverseOrder()));
    if (frequent.isEmpty()) {
      throw GraftException.input(
          "no word occurs twice in the %d training texts, so there is none to learn; set"
              + " architecture.tokens to byte-pairs or characters",
          texts.size());
    }
    int listed = size - ListedTokens.SPECIAL;
    return new ListedTokens(this, frequent.subList(0, Math.min(listed, frequent.size())));
  }
}
