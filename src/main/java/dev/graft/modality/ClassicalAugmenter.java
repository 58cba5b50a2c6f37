package dev.graft.modality;

import dev.graft.data.CounterRandom;

/** Label-preserving classical augmentation of one row, redrawn at every use. Thread-safe. */
@FunctionalInterface
public interface ClassicalAugmenter {
  /**
   * Writes an augmented copy of a row.
   *
   * @param values holds the row at {@code offset}
   * @param label its class id, or below 0 when it has none
   * @param random of this use of the row
   * @param out receives the copy at {@code outOffset}
   */
  void augment(
      byte[] values, int offset, int label, CounterRandom random, byte[] out, int outOffset);
}
