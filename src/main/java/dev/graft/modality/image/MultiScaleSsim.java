package dev.graft.modality.image;

import java.util.Arrays;

/**
 * Multi-scale structural similarity (Wang, Simoncelli &amp; Bovik 2003, "Multiscale structural
 * similarity for image quality assessment"): the product over scales of contrast and structure,
 * times the luminance of the coarsest, each to the power of its weight. Gaussian windows of {@value
 * #WINDOW} pixels, deviation 1.5, that lie within the image; scales halve the image by the mean of
 * 2 x 2 pixels as long as a window fits, five at most, and the weights of those there are add up to
 * 1. An image smaller than a window has one scale and a window of its own size. The mean over
 * channels; 1 for equal images, at least 0. Thread-safe.
 */
final class MultiScaleSsim {
  private static final int WINDOW = 11;
  private static final double DEVIATION = 1.5;
  private static final double[] WEIGHTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
  private static final double LUMINANCE_FLOOR = 0.01 * 0.01 * 255 * 255;
  private static final double CONTRAST_FLOOR = 0.03 * 0.03 * 255 * 255;

  private final int channels;
  private final int height;
  private final int width;
  private final double[] window;
  private final double[] weights;

  MultiScaleSsim(int channels, int height, int width) {
    this.channels = channels;
    this.height = height;
    this.width = width;
    int side = Math.min(height, width);
    this.window = gaussian(Math.min(WINDOW, side));
    int scales = 1;
    while (scales < WEIGHTS.length && side >> scales >= WINDOW) {
      scales++;
    }
    this.weights = Arrays.copyOf(WEIGHTS, scales);
    double total = Arrays.stream(weights).sum();
    Arrays.setAll(weights, scale -> weights[scale] / total);
  }

  private static double[] gaussian(int length) {
    double[] values = new double[length];
    double centre = (length - 1) / 2.0;
    for (int i = 0; i < length; i++) {
      double z = (i - centre) / DEVIATION;
      values[i] = StrictMath.exp(-0.5 * z * z);
    }
    double total = Arrays.stream(values).sum();
    Arrays.setAll(values, i -> values[i] / total);
    return values;
  }

  /** One plane of a scale, (height, width). */
  private record Plane(double[] values, int height, int width) {
    static Plane of(byte[] bytes, int offset, int height, int width) {
      double[] values = new double[height * width];
      Arrays.setAll(values, i -> bytes[offset + i] & 0xff);
      return new Plane(values, height, width);
    }

    Plane halved() {
      int h = height / 2;
      int w = width / 2;
      double[] half = new double[h * w];
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          int i = 2 * y * width + 2 * x;
          half[y * w + x] =
              (values[i] + values[i + 1] + values[i + width] + values[i + width + 1]) / 4;
        }
      }
      return new Plane(half, h, w);
    }

    Plane times(Plane other) {
      double[] product = new double[values.length];
      Arrays.setAll(product, i -> values[i] * other.values[i]);
      return new Plane(product, height, width);
    }
  }

  double of(byte[] left, int leftOffset, byte[] right, int rightOffset) {
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      int plane = channel * height * width;
      sum +=
          ofPlanes(
              Plane.of(left, leftOffset + plane, height, width),
              Plane.of(right, rightOffset + plane, height, width));
    }
    return sum / channels;
  }

  private double ofPlanes(Plane first, Plane second) {
    Plane x = first;
    Plane y = second;
    double product = 1;
    for (int scale = 0; scale < weights.length; scale++) {
      boolean last = scale == weights.length - 1;
      product *= StrictMath.pow(Math.max(0, mean(x, y, last)), weights[scale]);
      if (!last) {
        x = x.halved();
        y = y.halved();
      }
    }
    return product;
  }

  /** Mean over windows of contrast and structure, and of luminance where {@code all}. */
  private double mean(Plane x, Plane y, boolean all) {
    double[] meanX = blurred(x);
    double[] meanY = blurred(y);
    double[] squaresX = blurred(x.times(x));
    double[] squaresY = blurred(y.times(y));
    double[] products = blurred(x.times(y));
    double sum = 0;
    for (int i = 0; i < meanX.length; i++) {
      double covariance = products[i] - meanX[i] * meanY[i];
      double variances = squaresX[i] - meanX[i] * meanX[i] + squaresY[i] - meanY[i] * meanY[i];
      double value = (2 * covariance + CONTRAST_FLOOR) / (variances + CONTRAST_FLOOR);
      if (all) {
        value *=
            (2 * meanX[i] * meanY[i] + LUMINANCE_FLOOR)
                / (meanX[i] * meanX[i] + meanY[i] * meanY[i] + LUMINANCE_FLOOR);
      }
      sum += value;
    }
    return sum / meanX.length;
  }

  /** Windowed means, where windows lie within the plane. */
  private double[] blurred(Plane plane) {
    int size = window.length;
    int w = plane.width - size + 1;
    int h = plane.height - size + 1;
    double[] across = new double[plane.height * w];
    for (int y = 0; y < plane.height; y++) {
      for (int x = 0; x < w; x++) {
        double sum = 0;
        for (int k = 0; k < size; k++) {
          sum += window[k] * plane.values[y * plane.width + x + k];
        }
        across[y * w + x] = sum;
      }
    }
    double[] down = new double[h * w];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        double sum = 0;
        for (int k = 0; k < size; k++) {
          sum += window[k] * across[(y + k) * w + x];
        }
        down[y * w + x] = sum;
      }
    }
    return down;
  }
}
