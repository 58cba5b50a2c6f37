package dev.graft.model.autoregressive;

/**
 * A bound on the negative log-likelihood of images that are coded, in nats per image: that of their
 * codes, and that of their values given the codes under normal noise of the variance that suits
 * tune rows best,
 *
 * <pre>{@code
 * nats(codes) + D / 2 * ln(2 pi e * error)
 * }</pre>
 *
 * with D values of an image and their mean squared error. Unlike the likelihood of codes alone it
 * compares trainings whose tokenizers differ: fewer codes are cheaper and tell less.
 */
final class ImageBound {
  static final String TUNE = "tune-bound";

  /** Variance of the rounding to 256 levels, below which an error tells nothing. */
  private static final double ROUNDING = 1 / (12.0 * 255 * 255);

  private ImageBound() {}

  /**
   * @param codes nats per image
   * @param error mean squared error of a value in [0, 1]
   * @param values of an image
   */
  static double nats(double codes, double error, int values) {
    double variance = Math.max(ROUNDING, error);
    return codes + values / 2.0 * StrictMath.log(2 * Math.PI * Math.E * variance);
  }
}
