package dev.graft.score;

/** Makes a scorer from the real references. One registration per scorer in {@link Scorers}. */
public interface ScorerFactory {
  Scorer.ScorerInfo info();

  Scorer create(ScoringContext context);
}
