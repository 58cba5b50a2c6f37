package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * A transformer block with the normalisation first (Vaswani et al. 2017; Radford et al. 2019):
 * attention of each position to itself and those before it, then a dense layer of four times the
 * width.
 */
public final class TransformerBlock {
  private final int width;
  private final int heads;
  private final Layers.Norm attentionNorm;
  private final Layers.Dense queriesKeysValues;
  private final Layers.Dense attended;
  private final Layers.Norm denseNorm;
  private final Layers.Dense wide;
  private final Layers.Dense narrow;

  TransformerBlock(String name, int width, int heads) {
    this.width = width;
    this.heads = heads;
    attentionNorm = new Layers.Norm(name + ".attention.norm", width);
    queriesKeysValues = new Layers.Dense(name + ".attention.in", width, 3 * width);
    attended = new Layers.Dense(name + ".attention.out", width, width);
    denseNorm = new Layers.Norm(name + ".dense.norm", width);
    wide = new Layers.Dense(name + ".dense.in", width, 4 * width);
    narrow = new Layers.Dense(name + ".dense.out", 4 * width, width);
  }

  void declare(ParameterSet parameters, long seed) {
    attentionNorm.declare(parameters);
    queriesKeysValues.declare(parameters, seed);
    attended.declare(parameters, seed);
    denseNorm.declare(parameters);
    wide.declare(parameters, seed);
    narrow.declare(parameters, seed);
  }

  /**
   * All positions at once, each of which sees those before it in its row.
   *
   * @param x (N, width)
   * @param rows how the positions lie in rows
   * @param dropout of what is added to x
   * @return the same shape
   */
  NDArray apply(ParameterSet weights, NDArray x, PackedRows rows, Dropout dropout) {
    NDArray told = rows.padded(told(weights, x)); // (B, T, 3 width)
    NDArray seen =
        Attention.causal(told.reshape(told.getShape().get(0), -1, 3, heads, width / heads));
    NDArray packed = rows.packed(seen.reshape(told.getShape().get(0), -1, width));
    return then(weights, x, packed, dropout);
  }

  /** Room for what so many positions of so many rows leave for those after them. */
  Attention.Past past(NDManager scope, int rows, int positions) {
    return Attention.Past.empty(scope, rows, heads, positions, width / heads);
  }

  /**
   * One position after others.
   *
   * @param x (B, 1, width)
   * @param past of the positions before; what later ones need of this is put there
   * @param position from 0
   * @return the same shape
   */
  NDArray step(ParameterSet weights, NDArray x, Attention.Past past, int position) {
    NDArray told = told(weights, x).reshape(x.getShape().get(0), 1, 3, heads, width / heads);
    NDArray seen = Attention.step(told, past, position).reshape(x.getShape());
    return then(weights, x, seen, Dropout.none());
  }

  /** Queries, keys and values, (..., 3 width). */
  private NDArray told(ParameterSet weights, NDArray x) {
    return queriesKeysValues.apply(weights, attentionNorm.apply(weights, x));
  }

  private NDArray then(ParameterSet weights, NDArray x, NDArray seen, Dropout dropout) {
    NDArray h = x.add(dropout.apply(attended.apply(weights, seen)));
    NDArray dense = wide.apply(weights, denseNorm.apply(weights, h));
    return h.add(dropout.apply(narrow.apply(weights, Activation.GELU.apply(dense))));
  }
}
