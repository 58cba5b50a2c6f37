package dev.graft.ingest.sample;

import java.util.Locale;

/** The classes of the sample data: outlines that a person tells apart at 28 x 28 pixels. */
enum Shape {
  ARROW,
  CIRCLE,
  CROSS,
  HEART,
  RING,
  SQUARE,
  STAR,
  TRIANGLE;

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether a point is part of the shape, in coordinates from -1 to 1 with {@code y} pointing down.
   *
   * @param stroke thickness of those shapes that have strokes, about 0.2
   */
  boolean covers(double x, double y, double stroke) {
    return switch (this) {
      case ARROW ->
          x < 0.15 ? x > -0.85 && Math.abs(y) < stroke : x < 0.85 && Math.abs(y) < (0.85 - x) * 0.9;
      case CIRCLE -> x * x + y * y < 0.64;
      case CROSS ->
          Math.max(Math.abs(x), Math.abs(y)) < 0.82 && Math.min(Math.abs(x), Math.abs(y)) < stroke;
      case HEART -> heart(1.25 * x, -1.25 * y + 0.1);
      case RING -> Math.abs(Math.sqrt(x * x + y * y) - 0.62) < stroke;
      case SQUARE -> Math.max(Math.abs(x), Math.abs(y)) < 0.68;
      case STAR -> star(x, y);
      case TRIANGLE -> y > -0.8 && y < 0.62 && Math.abs(x) < (y + 0.8) * 0.6;
    };
  }

  private static boolean heart(double x, double y) {
    double inner = x * x + y * y - 1;
    return inner * inner * inner < x * x * y * y * y;
  }

  /** Five points: the angle is folded into a tenth of the circle, where the edge is one line. */
  private static boolean star(double x, double y) {
    double tenth = StrictMath.PI / 5;
    double angle = Math.abs(StrictMath.IEEEremainder(StrictMath.atan2(x, -y), 2 * tenth));
    double radius = Math.sqrt(x * x + y * y);
    double along = radius * StrictMath.cos(angle);
    double across = radius * StrictMath.sin(angle);
    double innerAlong = 0.42 * StrictMath.cos(tenth);
    double innerAcross = 0.42 * StrictMath.sin(tenth);
    return (along - 0.95) * innerAcross < across * (innerAlong - 0.95);
  }
}
