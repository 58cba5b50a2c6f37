package dev.graft.model.nn;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.modality.ClassicalAugmenter;

/** The stored values of the rows of a training batch. */
public final class BatchRows {
  private static final long AUGMENTATION = 0x6175676dL;

  private BatchRows() {}

  /** The rows at {@code positions}, one after the other. */
  public static byte[] gather(LabelledRows rows, int[] positions) {
    int size = rows.rowSize();
    byte[] values = new byte[positions.length * size];
    for (int i = 0; i < positions.length; i++) {
      rows.copyRow(positions[i], values, i * size);
    }
    return values;
  }

  /** The rows at {@code positions}, each augmented by a draw of its own. */
  public static byte[] gather(
      LabelledRows rows, int[] positions, ClassicalAugmenter augmenter, long seed, long step) {
    int size = rows.rowSize();
    byte[] values = new byte[positions.length * size];
    for (int i = 0; i < positions.length; i++) {
      augmenter.augment(
          rows.values(),
          positions[i] * size,
          rows.labels()[positions[i]],
          CounterRandom.of(seed, AUGMENTATION, step, i),
          values,
          i * size);
    }
    return values;
  }
}
