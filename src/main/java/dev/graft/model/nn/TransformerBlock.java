package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
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
  public record Past(NDArray keys, NDArray values) {}

  /**
   * @param x (B, T, width)
   * @param past of the positions before, or null
   * @param later what is added to the attention to positions, (T, T), or null where none is later
   * @return the same shape, and what later positions need
   */
  Step apply(ParameterSet weights, NDArray x, Past past, NDArray later) {
    long rows = x.getShape().get(0);
    long length = x.getShape().get(1);
    int size = width / heads;
    NDArray all =
        queriesKeysValues
            .apply(weights, attentionNorm.apply(weights, x))
            .reshape(rows, length, 3, heads, size)
            .transpose(2, 0, 3, 1, 4); // (3, B, heads, T, size)
    NDArray queries = all.get(0);
    NDArray keys = all.get(1);
    NDArray values = all.get(2);
    if (past != null) {
      keys = past.keys().concat(keys, 2);
      values = past.values().concat(values, 2);
    }
    NDArray scores = Scalars.times(queries.matMul(keys.transpose(0, 1, 3, 2)), 1 / Math.sqrt(size));
    NDArray shares =
        JniUtils.softmax(
            (PtNDArray) (later == null ? scores : scores.add(later)), 3, DataType.FLOAT32);
    NDArray seen = shares.matMul(values).transpose(0, 2, 1, 3).reshape(rows, length, width);
    NDArray h = x.add(attended.apply(weights, seen));
    NDArray dense = wide.apply(weights, denseNorm.apply(weights, h));
    return new Step(
        h.add(narrow.apply(weights, Activation.GELU.apply(dense))), new Past(keys, values));
  }

  /**
   * @param x (B, T, width)
   * @param past what later positions need
   */
  record Step(NDArray x, Past past) {}
}
