package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import dev.graft.data.CounterRandom;

/**
 * Dropout (Srivastava et al. 2014): a value becomes 0 with a probability and is scaled up by as
 * much otherwise. One object serves one step, in which every use draws values of its own.
 */
public final class Dropout {
  private final CounterRandom random;
  private final double share;
  private long next;

  private Dropout(CounterRandom random, double share) {
    this.random = random;
    this.share = share;
  }

  /** Drops nothing. */
  public static Dropout none() {
    return new Dropout(null, 0);
  }

  /**
   * @param random a stream of its own
   * @param share of the values that is dropped, from 0 to less than 1
   */
  public static Dropout of(CounterRandom random, double share) {
    return new Dropout(random, share);
  }

  /** Of any shape. */
  public NDArray apply(NDArray x) {
    if (share == 0) {
      return x;
    }
    float kept = (float) (1 / (1 - share));
    float[] mask = new float[Math.toIntExact(x.size())];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = random.uniform(next++) < share ? 0 : kept;
    }
    return x.mul(x.getManager().create(mask, x.getShape()));
  }
}
