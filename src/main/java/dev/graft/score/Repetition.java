package dev.graft.score;

import dev.graft.modality.text.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Share of the pairs of neighbouring words of a text that stand in it a second time or more. */
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
          references -> Repetition::share);

  private Repetition() {}

  private static double share(String text) {
    List<String> words = Words.of(text.toLowerCase(Locale.ROOT));
    Set<String> pairs = new HashSet<>();
    for (int i = 1; i < words.size(); i++) {
      pairs.add(words.get(i - 1) + " " + words.get(i));
    }
    return words.size() < 2 ? 0 : 1 - (double) pairs.size() / (words.size() - 1);
  }
}
