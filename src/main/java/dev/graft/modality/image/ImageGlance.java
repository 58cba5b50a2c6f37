package dev.graft.modality.image;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.RowGlance;

/**
 * Images seen from afar: each channel averaged over a grid of at most {@value #CELLS} x {@value
 * #CELLS} cells, values in [0, 1]; and for the noise of their pixels the mean answer to a mask that
 * is blind to edges and slopes (Immerk&aelig;r 1996, "Fast noise variance estimation"), which takes
 * fine texture for noise too.
 */
final class ImageGlance implements RowGlance {
  private static final int CELLS = 7;
  private static final double TOP = 255;

  private final int channels;
  private final int height;
  private final int width;
  private final int cell;
  private final int rows;
  private final int columns;

  ImageGlance(DatasetSchema schema) {
    channels = schema.shape().get(0);
    height = schema.shape().get(1);
    width = schema.shape().get(2);
    cell = (Math.max(height, width) + CELLS - 1) / CELLS;
    rows = (height + cell - 1) / cell;
    columns = (width + cell - 1) / cell;
  }

  @Override
  public int dimension() {
    return channels * rows * columns;
  }

  @Override
  public double[] features(byte[] values, int offset) {
    double[] features = new double[dimension()];
    for (int channel = 0; channel < channels; channel++) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          features[(channel * rows + row) * columns + column] =
              mean(values, offset + channel * height * width, row * cell, column * cell);
        }
      }
    }
    return features;
  }

  private double mean(byte[] values, int plane, int top, int left) {
    int bottom = Math.min(height, top + cell);
    int right = Math.min(width, left + cell);
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += values[plane + y * width + x] & 0xff;
      }
    }
    return sum / TOP / ((bottom - top) * (right - left));
  }

  @Override
  public double noise(byte[] values, int offset) {
    if (height < 3 || width < 3) {
      return 0;
    }
    double variance = 0;
    for (int channel = 0; channel < channels; channel++) {
      double sum = 0;
      for (int y = 1; y < height - 1; y++) {
        for (int x = 1; x < width - 1; x++) {
          sum += Math.abs(answer(values, offset + (channel * height + y) * width + x));
        }
      }
      double deviation = Math.sqrt(Math.PI / 2) * sum / (6.0 * (width - 2) * (height - 2)) / TOP;
      variance += deviation * deviation / channels;
    }
    return variance / (cell * cell);
  }

  /** Of the mask (1 -2 1; -2 4 -2; 1 -2 1). */
  private int answer(byte[] values, int at) {
    int sum = 0;
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        sum += (dy == 0 ? -2 : 1) * (dx == 0 ? -2 : 1) * (values[at + dy * width + dx] & 0xff);
      }
    }
    return sum;
  }
}
