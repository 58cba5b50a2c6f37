package dev.graft.model.nn;

import dev.graft.data.CounterRandom;

/**
 * Which rows a training step sees: the rows in a new order each epoch, one after the other. A
 * function of seed and step, so a continued training needs no position. Not thread-safe.
 */
public final class BatchOrder {
  private static final long PURPOSE = 0x6f72646572L;

  private final long seed;
  private final int rows;
  private final int batch;
  private long epoch = -1;
  private int[] order;

  public BatchOrder(long seed, int rows, int batch) {
    this.seed = seed;
    this.rows = rows;
    this.batch = batch;
  }

  /**
   * Row positions of a step.
   *
   * @param step from 0
   */
  public int[] rows(long step) {
    int[] chosen = new int[batch];
    for (int i = 0; i < batch; i++) {
      long position = step * batch + i;
      if (position / rows != epoch) {
        epoch = position / rows;
        order = CounterRandom.of(seed, PURPOSE, epoch).permutation(rows);
      }
      chosen[i] = order[(int) (position % rows)];
    }
    return chosen;
  }
}
