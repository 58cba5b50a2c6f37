package dev.graft.modality.image;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.RowSimilarity;

/**
 * Multi-scale structural similarity of two images (Wang, Simoncelli &amp; Bovik 2003, "Multiscale
 * structural similarity for image quality assessment", Asilomar), mean over the channels:
 *
 * <pre>
 * l = (2 mu_x mu_y + C1) / (mu_x^2 + mu_y^2 + C1)      C1 = (0.01 * 255)^2
 * c = (2 s_xy + C2) / (s_x^2 + s_y^2 + C2)             C2 = (0.03 * 255)^2
 * MS-SSIM = mean(c_1)^w_1 ... mean(c_(M-1))^w_(M-1) * mean(l_M c_M)^w_M
 * </pre>
 *
 * <p>Moments are those under a normal window of 11 x 11 pixels and deviation 1.5, taken where the
 * whole window lies in the image; from scale to scale the mean of 2 x 2 pixels. A factor below 0
 * counts as 0.
 *
 * <p>The five scales of the paper need more than 160 pixels a side. A smaller image has as many of
 * the first ones as its shorter side is longer than {@code 10 * 2^(M-1)}, with the paper's weights
 * over their sum: 28 and 32 pixels have two scales, 64 three, 128 four. Below 11 pixels there is
 * one, with the largest odd window that fits.
 */
final class StructuralSimilarity implements RowSimilarity {
  private static final double[] WEIGHTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
  private static final int MOST_WINDOW = 11;
  private static final double DEVIATION = 1.5;
  private static final double C1 = square(0.01 * 255);
  private static final double C2 = square(0.03 * 255);

  private final int channels;
  private final int height;
  private final int width;
  private final double[] window;
  private final double[] weights;

  StructuralSimilarity(DatasetSchema schema) {
    this.channels = schema.shape().get(0);
    this.height = schema.shape().get(1);
    this.width = schema.shape().get(2);
    int side = Math.min(height, width);
    this.window = window(Math.min(MOST_WINDOW, side % 2 == 1 ? side : Math.max(1, side - 1)));
    this.weights = weights(scales(side, window.length));
  }

  /** How many scales images of this shape are compared at. */
  int scales() {
    return weights.length;
  }

  private static int scales(int side, int window) {
    int scales = 1;
    while (scales < WEIGHTS.length && side > (window - 1) << scales) {
      scales++;
    }
    return scales;
  }

  private static double[] weights(int scales) {
    double sum = 0;
    for (int scale = 0; scale < scales; scale++) {
      sum += WEIGHTS[scale];
    }
    double[] weights = new double[scales];
    for (int scale = 0; scale < scales; scale++) {
      weights[scale] = WEIGHTS[scale] / sum;
    }
    return weights;
  }

  private static double[] window(int size) {
    double[] window = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      window[i] = Math.exp(-square(i - size / 2) / (2 * square(DEVIATION)));
      sum += window[i];
    }
    for (int i = 0; i < size; i++) {
      window[i] /= sum;
    }
    return window;
  }

  @Override
  public double of(byte[] left, int leftOffset, byte[] right, int rightOffset) {
    double sum = 0;
    for (int c = 0; c < channels; c++) {
      int from = c * height * width;
      sum += plane(plane(left, leftOffset + from), plane(right, rightOffset + from));
    }
    return sum / channels;
  }

  private Plane plane(byte[] values, int offset) {
    double[] pixels = new double[height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = values[offset + i] & 0xFF;
    }
    return new Plane(pixels, height, width);
  }

  private double plane(Plane left, Plane right) {
    double product = 1;
    Plane x = left;
    Plane y = right;
    for (int scale = 0; scale < weights.length; scale++) {
      boolean last = scale == weights.length - 1;
      product *= Math.pow(Math.max(0, structure(x, y, last)), weights[scale]);
      if (!last) {
        x = x.halved();
        y = y.halved();
      }
    }
    return product;
  }

  /** Mean of c, or of l c, over all places of the window. */
  private double structure(Plane x, Plane y, boolean withLuminance) {
    double[] meanX = x.filtered(window).pixels;
    double[] meanY = y.filtered(window).pixels;
    double[] meanXx = x.times(x).filtered(window).pixels;
    double[] meanYy = y.times(y).filtered(window).pixels;
    double[] meanXy = x.times(y).filtered(window).pixels;
    double sum = 0;
    for (int i = 0; i < meanX.length; i++) {
      double xx = square(meanX[i]);
      double yy = square(meanY[i]);
      double xy = meanX[i] * meanY[i];
      double contrast = (2 * (meanXy[i] - xy) + C2) / ((meanXx[i] - xx) + (meanYy[i] - yy) + C2);
      sum += withLuminance ? (2 * xy + C1) / (xx + yy + C1) * contrast : contrast;
    }
    return sum / meanX.length;
  }

  private static double square(double value) {
    return value * value;
  }

  /** One channel, (height, width). */
  private record Plane(double[] pixels, int height, int width) {
    Plane times(Plane other) {
      double[] products = new double[pixels.length];
      for (int i = 0; i < products.length; i++) {
        products[i] = pixels[i] * other.pixels[i];
      }
      return new Plane(products, height, width);
    }

    /** Weighted means along columns, then along lines, where the whole window fits. */
    Plane filtered(double[] window) {
      int lines = height - window.length + 1;
      int columns = width - window.length + 1;
      double[] down = new double[lines * width];
      for (int i = 0; i < down.length; i++) {
        for (int k = 0; k < window.length; k++) {
          down[i] += window[k] * pixels[i + k * width];
        }
      }
      double[] out = new double[lines * columns];
      for (int y = 0; y < lines; y++) {
        for (int x = 0; x < columns; x++) {
          double sum = 0;
          for (int k = 0; k < window.length; k++) {
            sum += window[k] * down[y * width + x + k];
          }
          out[y * columns + x] = sum;
        }
      }
      return new Plane(out, lines, columns);
    }

    /** Means of 2 x 2 pixels; an odd side has a line of zeros before it. */
    Plane halved() {
      int lines = (height + 1) / 2;
      int columns = (width + 1) / 2;
      double[] out = new double[lines * columns];
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int line = (y + height % 2) / 2;
          out[line * columns + (x + width % 2) / 2] += pixels[y * width + x] / 4;
        }
      }
      return new Plane(out, lines, columns);
    }
  }
}
