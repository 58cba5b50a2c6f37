package dev.graft.modality;

/**
 * How alike two rows are in their stored values, without a model: what a metric of variety looks
 * at. Symmetric, deterministic and thread-safe.
 */
@FunctionalInterface
public interface RowSimilarity {
  /**
   * @param left holds one row from {@code leftOffset} on
   * @param right holds the other from {@code rightOffset} on
   * @return from 0 for nothing in common to 1 for equal rows
   */
  double of(byte[] left, int leftOffset, byte[] right, int rightOffset);
}
