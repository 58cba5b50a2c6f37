package dev.graft.model.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.model.nn.ParameterSet;

/** From stored rows to features and logits. Its weights are given at each call. */
interface ClassifierNetwork {
  /**
   * @param features (B, featureSize)
   * @param logits (B, classes)
   */
  record Output(NDArray features, NDArray logits) {}

  /** How many values of a row the first dense layer reads: those that dropout drops of. */
  int droppedFrom();

  /** Length of the output of the last dense layer. */
  int featureSize();

  void declare(ParameterSet parameters, long seed);

  /**
   * What {@link #apply} reads.
   *
   * @param scope holds the result
   * @param values stored rows, at least {@code rows * rowSize}
   */
  NDArray upload(NDManager scope, byte[] values, int rows);

  /**
   * @param uploaded by {@link #upload}, B rows
   * @param mask (B, droppedFrom) to multiply by what the first dense layer reads, or null
   */
  Output apply(ParameterSet weights, NDArray uploaded, NDArray mask);
}
