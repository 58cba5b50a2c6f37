package dev.graft.modality.image.operation;

import dev.graft.data.CounterRandom;

/** What operations do to pixels, in place. */
final class PixelOperations {
  private static final double LEAST_ASPECT = 0.5;

  private PixelOperations() {}

  static void add(Canvas image, float term) {
    float[] v = image.values();
    for (int i = 0; i < v.length; i++) {
      v[i] += term;
    }
  }

  static void contrast(Canvas image, float factor) {
    float[] v = image.values();
    double sum = 0;
    for (float value : v) {
      sum += value;
    }
    float mean = (float) (sum / v.length);
    for (int i = 0; i < v.length; i++) {
      v[i] = mean + factor * (v[i] - mean);
    }
  }

  static void saturation(Canvas image, float factor) {
    if (image.channels() < 3) {
      return;
    }
    float[] v = image.values();
    int plane = image.plane();
    for (int i = 0; i < plane; i++) {
      // ITU-R BT.601 luma.
      float grey = 0.299f * v[i] + 0.587f * v[plane + i] + 0.114f * v[2 * plane + i];
      for (int channel = 0; channel < 3; channel++) {
        int place = channel * plane + i;
        v[place] = grey + factor * (v[place] - grey);
      }
    }
  }

  static void noise(Canvas image, float deviation, CounterRandom random) {
    float[] v = image.values();
    float[] deviates = new float[v.length];
    random.gaussian(deviates, 0, v.length);
    for (int i = 0; i < v.length; i++) {
      v[i] += deviation * deviates[i];
    }
  }

  static void blend(Canvas image, Canvas other, float share) {
    float[] v = image.values();
    for (int i = 0; i < v.length; i++) {
      v[i] += share * (other.values()[i] - v[i]);
    }
  }

  /**
   * Replaces a rectangle.
   *
   * @param other where its pixels come from; null for black ones
   * @param area share of the image
   */
  static void cut(Canvas image, Canvas other, double area, CounterRandom random) {
    double aspect = LEAST_ASPECT + (1 / LEAST_ASPECT - LEAST_ASPECT) * random.uniform(10);
    int height = side(image.height(), Math.sqrt(area * aspect));
    int width = side(image.width(), Math.sqrt(area / aspect));
    int top = random.below(11, image.height() - height + 1);
    int left = random.below(12, image.width() - width + 1);
    for (int channel = 0; channel < image.channels(); channel++) {
      for (int y = top; y < top + height; y++) {
        for (int x = left; x < left + width; x++) {
          int place = channel * image.plane() + y * image.width() + x;
          image.values()[place] = other == null ? 0 : other.values()[place];
        }
      }
    }
  }

  private static int side(int whole, double share) {
    return (int) Math.min(whole, Math.round(whole * share));
  }
}
