package dev.graft.model;

import dev.graft.data.Condition;

/**
 * A sampler that can also make samples from real rows, or of two classes at once. Which of these it
 * can do is its family's {@link ModelFamily#modes}.
 */
public interface DerivingSampler extends Sampler {
  /**
   * Makes samples from what is given. A sample depends only on (weights, its entry of the
   * derivation, seed, condition, index, controls): never on the others of the call. A variation of
   * strength 1 is the sample that {@link #sample} draws for the index, unless the family says
   * otherwise.
   *
   * @param condition what keys the randomness beside seed and index; its class is that of
   *     variations
   * @param indices of the samples within the condition; one for each of the derivation
   * @return quantised values, (count, rowSize)
   * @throws dev.graft.data.GraftException (exit 2) when the family cannot do it
   */
  byte[] derive(
      Condition condition, Derivation derivation, long seed, long[] indices, Controls controls);
}
