package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

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

  /** What positions before this one have left for it, each (B, heads, T, width / heads). */
  public record Past(NDArray keys, NDArray values) {
    void attach(NDManager manager) {
      keys.attach(manager);
      values.attach(manager);
    }
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

  /**
   * One position after others.
   *
   * @param x (B, 1, width)
   * @param past of the positions before, or null
   * @return the same shape, and what later positions need
   */
  Step step(ParameterSet weights, NDArray x, Past past) {
    NDArray all =
        told(weights, x)
            .reshape(x.getShape().get(0), 1, 3, heads, width / heads)
            .transpose(2, 0, 3, 1, 4); // (3, B, heads, 1, width / heads)
    NDArray keys = all.get(1);
    NDArray values = all.get(2);
    if (past != null) {
      keys = past.keys().concat(keys, 2);
      values = past.values().concat(values, 2);
    }
    NDArray scores =
        Scalars.times(
            all.get(0).matMul(keys.transpose(0, 1, 3, 2)), 1 / Math.sqrt((double) width / heads));
    NDArray shares = JniUtils.softmax((PtNDArray) scores, 3, DataType.FLOAT32);
    NDArray seen = shares.matMul(values).transpose(0, 2, 1, 3).reshape(x.getShape());
    return new Step(then(weights, x, seen, Dropout.none()), new Past(keys, values));
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

  /**
   * @param x (B, T, width)
   * @param past what later positions need
   */
  record Step(NDArray x, Past past) {}
}
