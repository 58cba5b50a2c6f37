package dev.graft.model.nn;

/**
 * Paths between latent vectors that keep the length which normal noise has: directions turn along
 * the great circle, lengths go evenly (White 2016, https://arxiv.org/abs/1609.04468). A straight
 * line would pass through vectors that are shorter than any noise.
 */
public final class LatentPath {
  private static final double PARALLEL = 1e-6;

  private LatentPath() {}

  /**
   * The vector at a place between two.
   *
   * @param from (length)
   * @param to (length)
   * @param position place between them, 0 to 1
   */
  public static double[] at(double[] from, double[] to, double position) {
    double fromLength = length(from);
    double toLength = length(to);
    double cosine = 0;
    for (int i = 0; i < from.length; i++) {
      cosine += from[i] * to[i];
    }
    cosine /= fromLength * toLength;
    double angle = StrictMath.acos(Math.max(-1, Math.min(1, cosine)));
    double sine = StrictMath.sin(angle);
    double ofFrom = 1 - position;
    double ofTo = position;
    if (sine > PARALLEL) { // also false where a vector is zero
      double length = (1 - position) * fromLength + position * toLength;
      ofFrom = StrictMath.sin((1 - position) * angle) / sine * length / fromLength;
      ofTo = StrictMath.sin(position * angle) / sine * length / toLength;
    }
    double[] between = new double[from.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = ofFrom * from[i] + ofTo * to[i];
    }
    return between;
  }

  private static double length(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    return Math.sqrt(squares);
  }
}
