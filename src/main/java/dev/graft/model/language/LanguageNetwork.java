package dev.graft.model.language;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.model.Derivation.ClassMixture;
import dev.graft.model.nn.Dropout;
import dev.graft.model.nn.ParameterSet;

/** The distribution of each token of a text given its class and the tokens before it. */
interface LanguageNetwork {
  /** How many tokens there are. */
  int codes();

  /** Most tokens of a text. */
  int positions();

  void declare(ParameterSet parameters, long seed);

  /**
   * The first positions at once.
   *
   * @param tokens of each row, from 1 to {@link #positions} of them
   * @param labels class of each row, (B)
   * @param dropout of what is told of tokens and passed on between layers
   * @return logits of all tokens in their order, (N, codes) with N the sum of the rows' lengths
   */
  NDArray apply(
      ParameterSet weights, NDManager scope, int[][] tokens, int[] labels, Dropout dropout);

  /**
   * Begins texts that are read a token at a time.
   *
   * @param scope holds what is kept of the tokens before
   * @param classes of each row, (B); of two, what tells the class is between both
   */
  Reading reading(ParameterSet weights, NDManager scope, ClassMixture classes);

  /** Texts of a batch, up to a token. The caller closes the logits. */
  interface Reading {
    /** Logits of the first token, (B, codes). */
    NDArray first();

    /**
     * Reads a token more.
     *
     * @param before the latest token of each row
     * @param position of the next, from 1
     * @return its logits, (B, codes)
     */
    NDArray next(long[] before, int position);
  }
}
