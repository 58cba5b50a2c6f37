package dev.graft.model.nn;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.modality.ClassicalAugmenter;
import java.util.List;

/**
 * The shape of the images of a dataset, and batches of its rows.
 *
 * @param channels 1 for grey, 3 for colour
 */
public record ImageShape(int channels, int height, int width) {
  private static final long AUGMENTATION = 0x6175676dL;

  /** The image shape of a dataset. */
  public static ImageShape of(DatasetSchema schema) {
    List<Integer> shape = schema.shape();
    if (shape.size() != 3) {
      throw GraftException.usage(
          "this model family takes images of shape [channels, height, width]; the data has shape %s",
          shape);
    }
    return new ImageShape(shape.get(0), shape.get(1), shape.get(2));
  }

  public int rowSize() {
    return channels * height * width;
  }

  /** The rows at {@code positions}, one after the other. */
  public byte[] gather(LabelledRows rows, int[] positions) {
    byte[] values = new byte[positions.length * rowSize()];
    for (int i = 0; i < positions.length; i++) {
      rows.copyRow(positions[i], values, i * rowSize());
    }
    return values;
  }

  /** The rows at {@code positions}, each augmented by a draw of its own. */
  public byte[] gather(
      LabelledRows rows, int[] positions, ClassicalAugmenter augmenter, long seed, long step) {
    byte[] values = new byte[positions.length * rowSize()];
    for (int i = 0; i < positions.length; i++) {
      augmenter.augment(
          rows.values(),
          positions[i] * rowSize(),
          rows.labels()[positions[i]],
          CounterRandom.of(seed, AUGMENTATION, step, i),
          values,
          i * rowSize());
    }
    return values;
  }
}
