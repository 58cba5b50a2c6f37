package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * The negative log-likelihood of codes: the sum over places of -log softmax(logits)[code], in nats.
 */
public final class CodeLikelihood {
  private CodeLikelihood() {}

  /** One operation of the engine, which its Java interface does not offer. */
  private static final class Sum {
    static final TorchFunction FUNCTION =
        TorchFunction.compile(
            "logits: Tensor, codes: Tensor",
            "return torch.cross_entropy_loss(logits, codes, None, 2, -100, 0.)");
  }

  /**
   * @param logits (..., codes)
   * @param codes of all places in their order, from 0
   * @return a scalar
   */
  public static NDArray nats(NDManager scope, NDArray logits, long[] codes) {
    NDArray flat = logits.reshape(codes.length, -1);
    return Sum.FUNCTION.apply(flat, scope.create(codes, new Shape(codes.length)));
  }
}
