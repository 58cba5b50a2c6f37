package dev.graft.train.mixture;

import java.util.BitSet;

/** Which real rows a mixture serves; the more, the better it is. */
interface MixtureFigure {
  /** Number of real rows. */
  int rows();

  /**
   * @param counts rows of each member, from the first on
   */
  BitSet served(int[] counts);

  /** The share of real rows that are served. */
  default double of(int[] counts) {
    return (double) served(counts).cardinality() / rows();
  }
}
