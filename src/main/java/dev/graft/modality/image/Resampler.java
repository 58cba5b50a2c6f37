package dev.graft.modality.image;

/**
 * Separable resampling in strict double arithmetic: every output pixel is the area average of the
 * source pixels that it covers when an axis shrinks, and a bilinear interpolation (pixel centres at
 * half-integers, edges repeated) when it grows.
 */
final class Resampler {
  /** For each output position: the first source position, and the weights from there on. */
  private record Axis(int[] first, double[][] weights) {}

  private Resampler() {}

  /** The image at {@code height} by {@code width}, by the rule of {@code policy}. */
  static PlanarImage resize(PlanarImage image, ResizePolicy policy, int height, int width) {
    if (image.height() == height && image.width() == width) {
      return image;
    }
    return switch (policy) {
      case EXACT -> throw new IllegalArgumentException("exact sizes are not resized");
      case STRETCH -> stretch(image, height, width);
      case CROP -> stretch(centre(image, height, width), height, width);
      case FIT -> fit(image, height, width);
    };
  }

  /** The image at {@code height} by {@code width}, whatever its proportions. */
  static PlanarImage stretch(PlanarImage image, int height, int width) {
    Axis rows = axis(image.height(), height);
    Axis columns = axis(image.width(), width);
    byte[] out = new byte[image.channels() * height * width];
    double[] line = new double[image.width()];
    for (int c = 0; c < image.channels(); c++) {
      int plane = c * image.height() * image.width();
      for (int y = 0; y < height; y++) {
        mixRows(image, plane, rows.first[y], rows.weights[y], line);
        for (int x = 0; x < width; x++) {
          double[] weights = columns.weights[x];
          double sum = 0;
          for (int i = 0; i < weights.length; i++) {
            sum += weights[i] * line[columns.first[x] + i];
          }
          out[(c * height + y) * width + x] = (byte) Math.min(255, (int) (sum + 0.5));
        }
      }
    }
    return new PlanarImage(image.channels(), height, width, out);
  }

  private static void mixRows(
      PlanarImage image, int plane, int first, double[] weights, double[] line) {
    java.util.Arrays.fill(line, 0);
    for (int i = 0; i < weights.length; i++) {
      int from = plane + (first + i) * image.width();
      double weight = weights[i];
      for (int x = 0; x < line.length; x++) {
        line[x] += weight * (image.planes()[from + x] & 0xFF);
      }
    }
  }

  private static Axis axis(int source, int target) {
    int[] first = new int[target];
    double[][] weights = new double[target][];
    double scale = (double) source / target;
    for (int i = 0; i < target; i++) {
      if (source >= target) {
        double from = i * scale;
        double to = Math.min(source, (i + 1) * scale);
        first[i] = (int) from;
        int last = Math.max(first[i], (int) Math.ceil(to - 1e-9) - 1);
        weights[i] = new double[last - first[i] + 1];
        for (int j = first[i]; j <= last; j++) {
          weights[i][j - first[i]] = (Math.min(to, j + 1.0) - Math.max(from, j)) / (to - from);
        }
      } else {
        double centre = Math.max(0, Math.min(source - 1.0, (i + 0.5) * scale - 0.5));
        first[i] = Math.min((int) centre, Math.max(0, source - 2));
        double fraction = centre - first[i];
        weights[i] = source == 1 ? new double[] {1} : new double[] {1 - fraction, fraction};
      }
    }
    return new Axis(first, weights);
  }

  /** The largest centred part of the image with the proportions of {@code height:width}. */
  private static PlanarImage centre(PlanarImage image, int height, int width) {
    int partHeight = image.height();
    int partWidth = image.width();
    if ((long) image.width() * height > (long) image.height() * width) {
      partWidth = Math.max(1, rounded((long) image.height() * width, height));
    } else {
      partHeight = Math.max(1, rounded((long) image.width() * height, width));
    }
    return placed(
        image,
        partHeight,
        partWidth,
        -((image.height() - partHeight) / 2),
        -((image.width() - partWidth) / 2));
  }

  private static PlanarImage fit(PlanarImage image, int height, int width) {
    int innerHeight = height;
    int innerWidth = width;
    if ((long) image.width() * height > (long) image.height() * width) {
      innerHeight = Math.max(1, rounded((long) image.height() * width, image.width()));
    } else {
      innerWidth = Math.max(1, rounded((long) image.width() * height, image.height()));
    }
    return placed(
        stretch(image, innerHeight, innerWidth),
        height,
        width,
        (height - innerHeight) / 2,
        (width - innerWidth) / 2);
  }

  /** A canvas of the given size with the image's corner at (top, left); black elsewhere. */
  private static PlanarImage placed(PlanarImage image, int height, int width, int top, int left) {
    byte[] out = new byte[image.channels() * height * width];
    int columns = Math.min(width, image.width());
    for (int c = 0; c < image.channels(); c++) {
      for (int y = Math.max(0, top); y < Math.min(height, top + image.height()); y++) {
        System.arraycopy(
            image.planes(),
            (c * image.height() + y - top) * image.width() + Math.max(0, -left),
            out,
            (c * height + y) * width + Math.max(0, left),
            columns);
      }
    }
    return new PlanarImage(image.channels(), height, width, out);
  }

  private static int rounded(long numerator, long denominator) {
    return (int) ((2 * numerator + denominator) / (2 * denominator));
  }
}
