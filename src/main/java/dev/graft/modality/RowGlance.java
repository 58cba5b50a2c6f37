package dev.graft.modality;

/**
 * A cheap look at rows by which sets of them are compared where no model can be asked, such as
 * during a training. Thread-safe, deterministic, and fixed for a schema: nothing in it is learnt.
 */
public interface RowGlance {
  /** Length of {@link #features}. */
  int dimension();

  /**
   * Coarse features of the row at {@code offset} of {@code values}, {@link #dimension} of them.
   * Euclidean distance between them means how unlike two rows are as a whole, not in their noise.
   */
  double[] features(byte[] values, int offset);

  /**
   * Variance of a feature that comes of noise in the single values of the row at {@code offset}, as
   * estimated from it; 0 where the modality knows none.
   */
  default double noise(byte[] values, int offset) {
    return 0;
  }
}
