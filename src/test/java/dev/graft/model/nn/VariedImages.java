package dev.graft.model.nn;

import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.model.TinyImages;

/** {@link TinyImages} of one channel that differ within a class by more than noise: in light. */
public final class VariedImages {
  private static final long LIGHT = 0x6c69676874L;
  private static final double DARKEST = 0.2;

  private VariedImages() {}

  /** Rows in id order; the same for the same arguments. */
  public static LabelledRows rows(int count, long seed) {
    LabelledRows plain = TinyImages.rows(1, count, seed);
    byte[] values = plain.values().clone();
    for (int row = 0; row < count; row++) {
      CounterRandom random = CounterRandom.of(seed, LIGHT, row);
      double left = DARKEST + (1 - DARKEST) * random.uniform(0);
      double right = DARKEST + (1 - DARKEST) * random.uniform(1);
      for (int i = 0; i < plain.rowSize(); i++) {
        double along = (double) (i % TinyImages.SIZE) / (TinyImages.SIZE - 1);
        int at = row * plain.rowSize() + i;
        values[at] = (byte) ((values[at] & 0xff) * (left + (right - left) * along));
      }
    }
    return new LabelledRows(plain.rowSize(), values, plain.labels(), plain.ids());
  }
}
