package dev.graft.modality;

import dev.graft.data.CounterRandom;

/** Label-preserving classical augmentation of one row, redrawn at every use. Thread-safe. */
@FunctionalInterface
public interface ClassicalAugmenter {
  /** Writes an augmented copy of the row at {@code offset} of {@code values} to {@code out}. */
  void augment(byte[] values, int offset, CounterRandom random, byte[] out, int outOffset);
}
