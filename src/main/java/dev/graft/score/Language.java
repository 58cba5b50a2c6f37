package dev.graft.score;

import dev.graft.modality.text.FamiliarSyllables;

/** Whether a text is of the language of the references, see {@link FamiliarSyllables}. */
final class Language {
  /** How it is made and registered. */
  static final ScorerFactory FACTORY =
      TextScorer.factory(
          new Scorer.ScorerInfo(
              "language",
              true,
              0,
              1,
              "Share of the runs of three letters that are usual in real training texts; low for"
                  + " another language."),
          references -> new FamiliarSyllables(references)::share);

  private Language() {}
}
