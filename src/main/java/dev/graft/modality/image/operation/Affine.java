package dev.graft.modality.image.operation;

/**
 * Where each pixel of a changed image comes from, about the centre of the image: x' = a x + b y +
 * c, y' = d x + e y + f, in pixels.
 */
record Affine(double a, double b, double c, double d, double e, double f) {
  static final Affine NONE = new Affine(1, 0, 0, 0, 1, 0);

  static Affine shift(double right, double down) {
    return new Affine(1, 0, -right, 0, 1, -down);
  }

  static Affine rotation(double radians) {
    double cos = StrictMath.cos(radians);
    double sin = StrictMath.sin(radians);
    return new Affine(cos, sin, 0, -sin, cos, 0);
  }

  static Affine scale(double factor) {
    return new Affine(1 / factor, 0, 0, 0, 1 / factor, 0);
  }

  static Affine shear(double radians) {
    return new Affine(1, StrictMath.tan(radians), 0, 0, 1, 0);
  }

  static Affine mirror() {
    return new Affine(-1, 0, 0, 0, 1, 0);
  }

  /** This change after {@code first}. */
  Affine after(Affine first) {
    return new Affine(
        first.a * a + first.b * d,
        first.a * b + first.b * e,
        first.a * c + first.b * f + first.c,
        first.d * a + first.e * d,
        first.d * b + first.e * e,
        first.d * c + first.e * f + first.f);
  }

  /** The changed image, bilinear; the border goes on outside. */
  Canvas apply(Canvas image) {
    int height = image.height();
    int width = image.width();
    double middleX = (width - 1) / 2.0;
    double middleY = (height - 1) / 2.0;
    float[] out = new float[image.values().length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromX = inside(a * (x - middleX) + b * (y - middleY) + c + middleX, width);
        double fromY = inside(d * (x - middleX) + e * (y - middleY) + f + middleY, height);
        int left = Math.min((int) fromX, Math.max(0, width - 2));
        int top = Math.min((int) fromY, Math.max(0, height - 2));
        int right = Math.min(left + 1, width - 1);
        int bottom = Math.min(top + 1, height - 1);
        float shareX = (float) (fromX - left);
        float shareY = (float) (fromY - top);
        for (int channel = 0; channel < image.channels(); channel++) {
          int plane = channel * height * width;
          float[] v = image.values();
          float upper =
              v[plane + top * width + left] * (1 - shareX)
                  + v[plane + top * width + right] * shareX;
          float lower =
              v[plane + bottom * width + left] * (1 - shareX)
                  + v[plane + bottom * width + right] * shareX;
          out[plane + y * width + x] = upper * (1 - shareY) + lower * shareY;
        }
      }
    }
    return new Canvas(out, image.channels(), height, width);
  }

  private static double inside(double place, int size) {
    return Math.max(0, Math.min(size - 1, place));
  }
}
