package dev.graft.score;

import java.util.List;

/** Makes a scorer from the real references. One registration per scorer in {@link Scorers}. */
public interface ScorerFactory {
  Scorer.ScorerInfo info();

  /**
   * True for a scorer that looks at the whole set of candidates at once: it has no column per row
   * and is never created; selection decides it.
   */
  default boolean wholeSet() {
    return false;
  }

  /** The one modality whose rows it can look at; empty for all. */
  default String modality() {
    return "";
  }

  /** Whether its rule declares words that it looks for. */
  default boolean takesTerms() {
    return false;
  }

  Scorer create(ScoringContext context);

  /**
   * A scorer that looks for what its rule declares.
   *
   * @param terms of the rule; empty for a scorer that takes none
   */
  default Scorer create(ScoringContext context, List<String> terms) {
    return create(context);
  }
}
