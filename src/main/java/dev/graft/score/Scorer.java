package dev.graft.score;

/**
 * Judges one sample at a time; only ever adds a column. Registered in {@link Scorers}. Created once
 * per worker from a {@link ScoringContext}; thread-safe.
 */
public interface Scorer {
  ScorerInfo info();

  /**
   * @return one value per row, rounded by the caller to {@link #DECIMALS} decimals before any
   *     decision; never NaN
   */
  float[] score(ScoringBatch batch);

  /** Scores are rounded to so many decimals before they are stored or compared. */
  int DECIMALS = 5;

  /**
   * What a scorer declares of itself.
   *
   * @param name registered name, also its column
   * @param higherIsBetter direction
   * @param min least possible value
   * @param max greatest possible value
   * @param meaning one sentence for the report
   */
  record ScorerInfo(String name, boolean higherIsBetter, double min, double max, String meaning) {}
}
