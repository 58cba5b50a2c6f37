package dev.graft.model.insight;

import dev.graft.model.nn.ImageShape;

/**
 * What can be measured of a picture without a model, of the mean over its channels. Positions and
 * extents are moments of the brightness, in pixels; a black picture has all of them 0.
 */
public enum PictureTrait {
  /** Mean of all pixels, 0 to 1. */
  BRIGHTNESS("brightness"),
  /** Standard deviation of the pixels. */
  CONTRAST("contrast"),
  /** Standard deviation of the columns. */
  WIDTH("width"),
  /** Standard deviation of the lines. */
  HEIGHT("height"),
  /** Columns to the left that the picture moves a line further down. */
  SLANT("slant"),
  /** Mean column, from the left. */
  TO_THE_RIGHT("place to the right"),
  /** Mean line, from above. */
  DOWN("place further down");

  private final String words;

  PictureTrait(String words) {
    this.words = words;
  }

  /** For people. */
  public String words() {
    return words;
  }

  /**
   * @param images holds a picture at {@code offset}, (C, H, W) in [0, 1]
   */
  public double of(float[] images, int offset, ImageShape shape) {
    int pixels = shape.height() * shape.width();
    double mass = 0;
    double square = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int i = 0; i < pixels; i++) {
      double value = 0;
      for (int c = 0; c < shape.channels(); c++) {
        value += images[offset + c * pixels + i] / shape.channels();
      }
      int column = i % shape.width();
      int line = i / shape.width();
      mass += value;
      square += value * value;
      x += value * column;
      y += value * line;
      xx += value * column * column;
      yy += value * line * line;
      xy += value * column * line;
    }
    double mean = mass / pixels;
    if (this == BRIGHTNESS) {
      return mean;
    }
    if (this == CONTRAST) {
      return Math.sqrt(Math.max(0, square / pixels - mean * mean));
    }
    if (mass < 1e-9) {
      return 0;
    }
    double lines = yy / mass - y / mass * y / mass;
    double columns = xx / mass - x / mass * x / mass;
    return switch (this) {
      case WIDTH -> Math.sqrt(Math.max(0, columns));
      case HEIGHT -> Math.sqrt(Math.max(0, lines));
      case SLANT -> lines < 1e-9 ? 0 : -(xy / mass - x / mass * y / mass) / lines;
      case TO_THE_RIGHT -> x / mass;
      case DOWN -> y / mass;
      case BRIGHTNESS, CONTRAST -> throw new IllegalStateException();
    };
  }
}
