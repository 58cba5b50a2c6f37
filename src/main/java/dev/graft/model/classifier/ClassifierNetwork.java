package dev.graft.model.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.model.nn.Dropout;
import dev.graft.model.nn.ParameterSet;

/** From stored rows to features and logits. Its weights are given at each call. */
interface ClassifierNetwork {
  /**
   * @param features (B, featureSize)
   * @param logits (B, classes)
   */
  record Output(NDArray features, NDArray logits) {}

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
   * @param dropout of what the first dense layer reads
   */
  Output apply(ParameterSet weights, NDArray uploaded, Dropout dropout);
}
