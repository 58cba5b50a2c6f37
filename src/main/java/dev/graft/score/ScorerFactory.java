package dev.graft.score;

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

  Scorer create(ScoringContext context);
}
