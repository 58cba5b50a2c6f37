package dev.graft.model.language;

import dev.graft.data.GraftException;
import dev.graft.modality.text.TextDemands;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@link TextDemands} in tokens.
 *
 * @param demands in words
 * @param prefixes tokens of each beginning to choose from; empty for none
 * @param keywords tokens of each keyword and the space before it
 */
record Wording(TextDemands demands, List<int[]> prefixes, List<int[]> keywords) {
  /**
   * @param mostTokens of a text
   * @param rowSize bytes of a row
   * @throws GraftException (exit 2) for a beginning and keywords that no text has room for
   */
  static Wording of(TextDemands demands, Tokens vocabulary, int mostTokens, int rowSize) {
    Wording wording =
        new Wording(
            demands,
            demands.prefixes().stream().map(vocabulary::encode).toList(),
            demands.keywords().stream().map(word -> vocabulary.encode(" " + word)).toList());
    wording.refuseUnknown(vocabulary);
    int tokens = longest(wording.prefixes) + wording.keywordTokens();
    int bytes =
        demands.prefixes().stream().mapToInt(Wording::bytes).max().orElse(0)
            + demands.keywords().stream().mapToInt(word -> bytes(word) + 1).sum();
    if (tokens > mostTokens || bytes > rowSize) {
      throw GraftException.usage(
          "controls prefix and keywords have %d tokens and %d bytes together; a text of this model"
              + " has at most %d and %d; ask for fewer or shorter ones",
          tokens, bytes, mostTokens, rowSize);
    }
    int words = wording.keywordWords();
    if (words > demands.mostWords()) {
      throw GraftException.usage(
          "control max-words is %d, but the keywords alone have %d words",
          demands.mostWords(), words);
    }
    return wording;
  }

  private void refuseUnknown(Tokens vocabulary) {
    for (int i = 0; i < prefixes.size() + keywords.size(); i++) {
      boolean prefix = i < prefixes.size();
      int[] tokens = prefix ? prefixes.get(i) : keywords.get(i - prefixes.size());
      if (!Arrays.stream(tokens).allMatch(vocabulary::drawable)) {
        throw GraftException.usage(
            "control %s asks for \"%s\", of which the model has not learnt every word or character;"
                + " ask for others, or train a model whose architecture.tokens are byte-pairs",
            prefix ? "prefix" : "keywords",
            prefix ? demands.prefixes().get(i) : demands.keywords().get(i - prefixes.size()));
      }
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static int longest(List<int[]> texts) {
    return texts.stream().mapToInt(tokens -> tokens.length).max().orElse(0);
  }

  /** Of all keywords together. */
  int keywordTokens() {
    return keywords.stream().mapToInt(tokens -> tokens.length).sum();
  }

  /** Of all keywords together. */
  int keywordWords() {
    return IntStream.range(0, keywords.size()).map(this::words).sum();
  }

  /** Words of a keyword. */
  int words(int keyword) {
    return demands.keywords().get(keyword).split(" ").length;
  }
}
