package dev.graft.modality.image;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.modality.ClassicalAugmenter;

/**
 * Moves an image by up to {@value #MAX_SHIFT} pixels along each axis, repeating its border, and
 * mirrors every other one left to right where the spec says that a mirrored image keeps its label.
 */
final class ShiftAndFlip implements ClassicalAugmenter {
  static final int MAX_SHIFT = 2;

  private final int channels;
  private final int height;
  private final int width;
  private final boolean flip;

  ShiftAndFlip(DatasetSchema schema, boolean flip) {
    this.channels = schema.shape().get(0);
    this.height = schema.shape().get(1);
    this.width = schema.shape().get(2);
    this.flip = flip;
  }

  @Override
  public void augment(
      byte[] values, int offset, int label, CounterRandom random, byte[] out, int outOffset) {
    int down = random.below(0, 2 * MAX_SHIFT + 1) - MAX_SHIFT;
    int right = random.below(1, 2 * MAX_SHIFT + 1) - MAX_SHIFT;
    boolean mirrored = flip && random.below(2, 2) == 1;
    int[] column = new int[width];
    for (int x = 0; x < width; x++) {
      int from = Math.max(0, Math.min(width - 1, x - right));
      column[x] = mirrored ? width - 1 - from : from;
    }
    int to = outOffset;
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        int line = offset + (c * height + Math.max(0, Math.min(height - 1, y - down))) * width;
        for (int x = 0; x < width; x++) {
          out[to++] = values[line + column[x]];
        }
      }
    }
  }
}
