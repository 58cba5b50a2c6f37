package dev.graft.model.vae;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.data.GraftException;
import dev.graft.model.nn.Scalars;
import java.util.Arrays;

/**
 * The distribution of a pixel x given its decoded logit l; the image is sigmoid(l). Each has an
 * error per value, and turns its mean m into the negative log-likelihood of an image of D values.
 *
 * <p>Those with a scale take the one that fits a batch best (Rybkin et al. 2021,
 * https://arxiv.org/abs/2006.13202), so that nothing has to be weighed against the KL term.
 */
enum Likelihood {
  /** Error: cross-entropy softplus(l) - x l, grey values being probabilities. Then D m. */
  BERNOULLI("bernoulli") {
    @Override
    NDArray errors(NDArray logits, NDArray images) {
      return JniUtils.softPlus((PtNDArray) logits).sub(images.mul(logits));
    }
  },
  /** Error: (x - sigmoid(l))^2. Then D / 2 log m. */
  GAUSSIAN("gaussian") {
    @Override
    NDArray errors(NDArray logits, NDArray images) {
      return JniUtils.square((PtNDArray) JniUtils.sigmoid((PtNDArray) logits).sub(images));
    }
  },
  /** Error: |x - sigmoid(l)|. Then D log m. */
  LAPLACE("laplace") {
    @Override
    NDArray errors(NDArray logits, NDArray images) {
      return JniUtils.abs((PtNDArray) JniUtils.sigmoid((PtNDArray) logits).sub(images));
    }
  };

  /** Keeps the logarithm of a perfect reconstruction finite. */
  private static final double FLOOR = 1e-5;

  private final String key;

  Likelihood(String key) {
    this.key = key;
  }

  /** The error of every value, (B, C, H, W). */
  abstract NDArray errors(NDArray logits, NDArray images);

  /** The mean negative log-likelihood of the images of a batch, a scalar, up to a constant. */
  NDArray loss(NDArray logits, NDArray images, int values) {
    NDArray mean = errors(logits, images).mean();
    return this == BERNOULLI
        ? Scalars.times(mean, values)
        : Scalars.times(Scalars.plus(mean, FLOOR).log(), values * scale());
  }

  /** The same from a mean error over a whole dataset. */
  double loss(double mean, int values) {
    return this == BERNOULLI ? mean * values : StrictMath.log(mean + FLOOR) * values * scale();
  }

  /**
   * The logarithm of the density of one image, in nats.
   *
   * @param errors summed over its values
   * @param mean error of a value over a whole dataset, which gives the scale
   */
  double logDensity(double errors, double mean, int values) {
    double scale = mean + FLOOR;
    return switch (this) {
      case BERNOULLI -> -errors;
      case GAUSSIAN -> -0.5 * (values * StrictMath.log(2 * Math.PI * scale) + errors / scale);
      case LAPLACE -> -values * StrictMath.log(2 * scale) - errors / scale;
    };
  }

  private double scale() {
    return this == GAUSSIAN ? 0.5 : 1;
  }

  static Likelihood of(String key) {
    return Arrays.stream(values())
        .filter(likelihood -> likelihood.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                GraftException.usage(
                    "unknown likelihood \"%s\"; allowed: bernoulli, gaussian, laplace", key));
  }
}
