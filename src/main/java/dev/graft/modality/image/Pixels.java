package dev.graft.modality.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * Byte planes of a decoded image. Samples are taken as stored: no colour profile is applied, for
 * its result would depend on the platform.
 */
final class Pixels {
  private Pixels() {}

  /** One plane for a grey image without palette, else three; alpha is composed over white. */
  static PlanarImage planes(BufferedImage image) {
    ColorModel model = image.getColorModel();
    if (model instanceof ComponentColorModel && model.getNumComponents() <= 4) {
      return ofSamples(image);
    }
    return ofColours(image, model instanceof IndexColorModel palette ? palette : null);
  }

  private static PlanarImage ofSamples(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int channels = bands >= 3 ? 3 : 1;
    boolean alpha = bands == 2 || bands == 4;
    int max = (1 << image.getColorModel().getComponentSize(0)) - 1;
    byte[] planes = new byte[channels * height * width];
    int[] line = new int[bands * width];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, line);
      for (int x = 0; x < width; x++) {
        int opacity = alpha ? scaled(line[x * bands + bands - 1], max) : 255;
        for (int c = 0; c < channels; c++) {
          planes[(c * height + y) * width + x] =
              overWhite(scaled(line[x * bands + c], max), opacity);
        }
      }
    }
    return new PlanarImage(channels, height, width, planes);
  }

  private static PlanarImage ofColours(BufferedImage image, IndexColorModel palette) {
    int height = image.getHeight();
    int width = image.getWidth();
    int pixels = height * width;
    byte[] planes = new byte[3 * pixels];
    Raster raster = image.getRaster();
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int argb = palette == null ? image.getRGB(x, y) : palette.getRGB(raster.getSample(x, y, 0));
        int at = y * width + x;
        for (int c = 0; c < 3; c++) {
          planes[c * pixels + at] = overWhite(argb >>> (16 - 8 * c) & 0xFF, argb >>> 24);
        }
      }
    }
    return new PlanarImage(3, height, width, planes);
  }

  private static int scaled(int value, int max) {
    return max == 255 ? value : (int) ((value * 255L + max / 2) / max);
  }

  private static byte overWhite(int value, int opacity) {
    return (byte) ((value * opacity + 255 * (255 - opacity) + 127) / 255);
  }
}
