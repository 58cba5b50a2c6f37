package dev.graft.score;

import dev.graft.modality.text.CharacterModel;

/**
 * How unexpected a text is to an n-gram model of the references, see {@link CharacterModel}: the
 * logarithm of its perplexity per character.
 */
final class Fluency {
  private static final int MOST = 100;

  /** How it is made and registered. */
  static final ScorerFactory FACTORY =
      TextScorer.factory(
          new Scorer.ScorerInfo(
              "fluency",
              false,
              0,
              MOST,
              "Nats per character by an n-gram model of real training texts; the more, the less the"
                  + " text reads like them."),
          references -> {
            CharacterModel model = new CharacterModel(references);
            return text -> Math.min(MOST, model.natsPerCharacter(text));
          });

  private Fluency() {}
}
