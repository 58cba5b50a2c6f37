package dev.graft.score;

import dev.graft.modality.text.TextParts;
import dev.graft.modality.text.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Share of the pairs of neighbouring words of a text that stand in it a second time or more; in
 * each part by itself where a text has several.
 */
final class Repetition {
  /** How it is made and registered. */
  static final ScorerFactory FACTORY =
      TextScorer.factory(
          new Scorer.ScorerInfo(
              "repetition",
              false,
              0,
              1,
              "Share of the pairs of neighbouring words that the text has had before."),
          (schema, references) ->
              schema.parts().isEmpty() ? Repetition::share : Repetition::ofParts);

  private record Pair(String word, String next) {}

  private Repetition() {}

  private static double share(String text) {
    return share(List.of(text));
  }

  private static double ofParts(String text) {
    return share(TextParts.of(text));
  }

  private static double share(List<String> texts) {
    int all = 0;
    int different = 0;
    for (String text : texts) {
      List<String> words = Words.of(text.toLowerCase(Locale.ROOT));
      Set<Pair> pairs = new HashSet<>();
      for (int i = 1; i < words.size(); i++) {
        pairs.add(new Pair(words.get(i - 1), words.get(i)));
        all++;
      }
      different += pairs.size();
    }
    return all == 0 ? 0 : 1 - (double) different / all;
  }
}
