package dev.graft.ingest.sample;

import dev.graft.data.CounterRandom;

/**
 * Paints one shape at a random place, size, angle and stroke, antialiased and with noise. A picture
 * is a function of (seed, class, index).
 */
final class ShapePainter {
  private static final int GRID = 4;
  private static final double NOISE = 6;

  private final long seed;
  private final int side;
  private final int channels;

  /**
   * @param seed of the dataset
   * @param side width and height in pixels
   * @param channels 1 for light shapes on black, 3 for coloured ones on a dark colour
   */
  ShapePainter(long seed, int side, int channels) {
    this.seed = seed;
    this.side = side;
    this.channels = channels;
  }

  /** The picture as (channels, side, side) unsigned bytes. */
  byte[] paint(Shape shape, long index) {
    CounterRandom draw = CounterRandom.of(seed, shape.ordinal(), index);
    double scale = side * between(draw, 0, 0.34, 0.44);
    double centreX = side / 2.0 + side * between(draw, 1, -0.07, 0.07);
    double centreY = side / 2.0 + side * between(draw, 2, -0.07, 0.07);
    double angle = between(draw, 3, -0.26, 0.26);
    double stroke = between(draw, 4, 0.16, 0.26);
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double[] front = new double[channels];
    double[] back = new double[channels];
    for (int c = 0; c < channels; c++) {
      front[c] = channels == 1 ? between(draw, 5, 160, 245) : between(draw, 6 + c, 120, 250);
      back[c] = channels == 1 ? 0 : between(draw, 9 + c, 5, 70);
    }
    float[] noise = new float[channels * side * side];
    CounterRandom.of(seed, shape.ordinal(), index, 1).gaussian(noise, 0, noise.length);
    byte[] picture = new byte[noise.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int hits = 0;
        for (int i = 0; i < GRID * GRID; i++) {
          double dx = (x + (i % GRID + 0.5) / GRID - centreX) / scale;
          double dy = (y + (i / GRID + 0.5) / GRID - centreY) / scale;
          hits += shape.covers(cos * dx + sin * dy, cos * dy - sin * dx, stroke) ? 1 : 0;
        }
        double cover = hits / (double) (GRID * GRID);
        for (int c = 0; c < channels; c++) {
          int at = (c * side + y) * side + x;
          double value = back[c] + cover * (front[c] - back[c]) + NOISE * noise[at];
          picture[at] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
      }
    }
    return picture;
  }

  private static double between(CounterRandom draw, int counter, double low, double high) {
    return low + (high - low) * draw.uniform(counter);
  }
}
