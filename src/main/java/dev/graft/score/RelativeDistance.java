package dev.graft.score;

/** Distances as ratios to what is usual for real rows. */
final class RelativeDistance {
  /** Greatest ratio that is told apart. */
  static final float MOST = 100;

  private RelativeDistance() {}

  /** {@code numerator / denominator}, at most {@link #MOST}; two zeros are equal. */
  static float ratio(float numerator, float denominator) {
    if (denominator <= numerator / MOST) {
      return numerator == 0 ? 1 : MOST;
    }
    return numerator / denominator;
  }
}
