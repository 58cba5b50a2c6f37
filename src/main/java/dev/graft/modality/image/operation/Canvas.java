package dev.graft.modality.image.operation;

/**
 * An image that operations change.
 *
 * @param values in [0, 1] but for what an operation adds until the end, (channels, height, width)
 */
record Canvas(float[] values, int channels, int height, int width) {
  /** Pixels of a channel. */
  int plane() {
    return height * width;
  }

  static Canvas of(byte[] rows, int offset, int channels, int height, int width) {
    float[] values = new float[channels * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = (rows[offset + i] & 0xff) / 255f;
    }
    return new Canvas(values, channels, height, width);
  }

  void quantise(byte[] out, int offset) {
    for (int i = 0; i < values.length; i++) {
      float value = Math.max(0, Math.min(1, values[i]));
      out[offset + i] = (byte) (value * 255 + 0.5f);
    }
  }
}
