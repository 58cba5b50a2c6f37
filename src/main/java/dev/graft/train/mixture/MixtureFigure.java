package dev.graft.train.mixture;

/** How good a mixture is; more is better. */
@FunctionalInterface
interface MixtureFigure {
  /**
   * @param counts rows of each member, from the first on
   */
  double of(int[] counts);
}
