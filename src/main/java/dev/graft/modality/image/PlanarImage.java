package dev.graft.modality.image;

/**
 * An image as byte planes.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height in pixels
 * @param width in pixels
 * @param planes (channels, height, width), unsigned
 */
record PlanarImage(int channels, int height, int width, byte[] planes) {
  PlanarImage {
    if ((long) channels * height * width != planes.length) {
      throw new IllegalArgumentException(
          planes.length + " bytes for " + channels + "x" + height + "x" + width);
    }
  }

  /** Luma of Rec. 601 in integers: (299 R + 587 G + 114 B) / 1000, rounded. */
  static byte luma(int red, int green, int blue) {
    return (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
  }

  /** This image with {@code wanted} channels (1 or 3): luma, or three copies of grey. */
  PlanarImage withChannels(int wanted) {
    if (wanted == channels) {
      return this;
    }
    int pixels = height * width;
    byte[] out = new byte[wanted * pixels];
    if (wanted == 1) {
      for (int i = 0; i < pixels; i++) {
        out[i] = luma(planes[i] & 0xFF, planes[pixels + i] & 0xFF, planes[2 * pixels + i] & 0xFF);
      }
    } else {
      for (int c = 0; c < wanted; c++) {
        System.arraycopy(planes, 0, out, c * pixels, pixels);
      }
    }
    return new PlanarImage(wanted, height, width, out);
  }

  /** This image turned upright by an EXIF orientation, 1 to 8. */
  PlanarImage upright(int orientation) {
    if (orientation <= 1 || orientation > 8) {
      return this;
    }
    boolean transposed = orientation >= 5;
    int outHeight = transposed ? width : height;
    int outWidth = transposed ? height : width;
    byte[] out = new byte[planes.length];
    int at = 0;
    for (int c = 0; c < channels; c++) {
      int plane = c * height * width;
      for (int y = 0; y < outHeight; y++) {
        for (int x = 0; x < outWidth; x++) {
          int fromX =
              switch (orientation) {
                case 2, 3 -> width - 1 - x;
                case 4 -> x;
                case 5, 6 -> y;
                default -> width - 1 - y;
              };
          int fromY =
              switch (orientation) {
                case 2 -> y;
                case 3, 4 -> height - 1 - y;
                case 5, 8 -> x;
                default -> height - 1 - x;
              };
          out[at++] = planes[plane + fromY * width + fromX];
        }
      }
    }
    return new PlanarImage(channels, outHeight, outWidth, out);
  }
}
