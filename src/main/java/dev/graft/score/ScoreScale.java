package dev.graft.score;

/**
 * The one rounding of scores: whole multiples of 10<sup>-{@value Scorer#DECIMALS}</sup>. Every
 * decision compares whole units, so that last bits of the arithmetic do not decide.
 */
public final class ScoreScale {
  private static final double UNITS = Math.pow(10, Scorer.DECIMALS);

  private ScoreScale() {}

  /** A score or bound in whole units; halves go up. */
  public static long units(double score) {
    return Math.round(score * UNITS);
  }

  /** A score rounded to the scale, as it is stored. */
  public static double round(double score) {
    return units(score) / UNITS;
  }

  /** A whole column rounded to the scale. */
  public static float[] round(float[] scores) {
    float[] rounded = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (Float.isNaN(scores[i])) {
        throw new IllegalStateException("a scorer gave NaN for row " + i);
      }
      rounded[i] = (float) round(scores[i]);
    }
    return rounded;
  }
}
