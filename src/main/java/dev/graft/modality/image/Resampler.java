package dev.graft.modality.image;

import java.util.Arrays;

/**
 * Separable resampling in whole numbers: every output pixel is the area average of the source
 * pixels that it covers when an axis shrinks, and a bilinear interpolation (pixel centres at
 * half-integers, edges repeated) when it grows.
 */
final class Resampler {
  /**
   * For each output position: the first source position, and the weights from there on, whole
   * numbers that add up to {@code total}.
   */
  private record Axis(int[] first, int[][] weights, int total) {}

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
    return new Stretch(image.height(), image.width(), height, width).apply(image);
  }

  /** A stretch from one size to another, its weights found once for many images. */
  static final class Stretch {
    private final Axis rows;
    private final Axis columns;

    Stretch(int fromHeight, int fromWidth, int toHeight, int toWidth) {
      this.rows = axis(fromHeight, toHeight);
      this.columns = axis(fromWidth, toWidth);
    }

    PlanarImage apply(PlanarImage image) {
      return new PlanarImage(
          image.channels(),
          rows.first.length,
          columns.first.length,
          apply(image.planes(), 0, image.channels(), image.height(), image.width()));
    }

    /**
     * The stretched planes of an image that stands at {@code offset} of {@code values}.
     *
     * @param values (channels, height, width) from the offset on
     */
    byte[] apply(byte[] values, int offset, int channels, int height, int width) {
      int newHeight = rows.first.length;
      byte[] out = new byte[channels * newHeight * columns.first.length];
      int[] line = new int[width];
      for (int c = 0; c < channels; c++) {
        for (int y = 0; y < newHeight; y++) {
          int from = offset + (c * height + rows.first[y]) * width;
          Arrays.fill(line, 0);
          for (int weight : rows.weights[y]) {
            addScaled(values, from, weight, line);
            from += width;
          }
          mixColumns(line, out, (c * newHeight + y) * columns.first.length);
        }
      }
      return out;
    }

    private void mixColumns(int[] line, byte[] out, int offset) {
      long total = (long) rows.total * columns.total;
      for (int x = 0; x < columns.first.length; x++) {
        int from = columns.first[x];
        long sum = 0;
        for (int weight : columns.weights[x]) {
          sum += (long) weight * line[from++];
        }
        out[offset + x] = (byte) ((2 * sum + total) / (2 * total));
      }
    }

    private static void addScaled(byte[] values, int from, int weight, int[] line) {
      for (int x = 0; x < line.length; x++) {
        line[x] += weight * (values[from + x] & 0xFF);
      }
    }
  }

  private static Axis axis(int source, int target) {
    int[] first = new int[target];
    int[][] weights = new int[target][];
    for (int i = 0; i < target; i++) {
      if (source >= target) {
        // In units of 1 / target, output i covers the source from i * source on.
        long from = (long) i * source;
        long to = from + source;
        first[i] = (int) (from / target);
        int last = (int) ((to - 1) / target);
        weights[i] = new int[last - first[i] + 1];
        for (int j = first[i]; j <= last; j++) {
          weights[i][j - first[i]] =
              (int) (Math.min(to, (j + 1L) * target) - Math.max(from, (long) j * target));
        }
      } else {
        // In units of 1 / (2 * target), the centre of output i.
        int unit = 2 * target;
        int centre = Math.max(0, Math.min((source - 1) * unit, (2 * i + 1) * source - target));
        first[i] = Math.min(centre / unit, Math.max(0, source - 2));
        int fraction = centre - first[i] * unit;
        weights[i] = source == 1 ? new int[] {unit} : new int[] {unit - fraction, fraction};
      }
    }
    return new Axis(first, weights, source >= target ? source : 2 * target);
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
