package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.data.GraftException;
import java.util.Arrays;

/** Element-wise non-linearities, by the names that model definitions use. */
public enum Activation {
  /** max(0, x). */
  RELU("relu") {
    @Override
    public NDArray apply(NDArray x) {
      return JniUtils.relu((PtNDArray) x);
    }
  },
  /** x where positive, otherwise 0.1 x. */
  LEAKY_RELU("leaky-relu") {
    @Override
    public NDArray apply(NDArray x) {
      return JniUtils.leakyRelu((PtNDArray) x, LEAK);
    }
  },
  /** x sigmoid(x). */
  SILU("silu") {
    @Override
    public NDArray apply(NDArray x) {
      return Silu.FUNCTION.apply(x);
    }
  },
  /** x Phi(x), with the normal distribution function Phi. */
  GELU("gelu") {
    @Override
    public NDArray apply(NDArray x) {
      return JniUtils.gelu((PtNDArray) x);
    }
  };

  /** One operation of the engine, which its Java interface does not offer. */
  private static final class Silu {
    static final TorchFunction FUNCTION =
        TorchFunction.compile("x: Tensor", "return torch.silu(x)");
  }

  /** Slope of {@link #LEAKY_RELU} below 0. */
  static final double LEAK = 0.1;

  private final String key;

  Activation(String key) {
    this.key = key;
  }

  public abstract NDArray apply(NDArray x);

  /** Whether the greatest of several inputs gives the greatest output. */
  public boolean monotone() {
    return this == RELU || this == LEAKY_RELU;
  }

  /** The activation of this name. */
  public static Activation of(String key) {
    return Arrays.stream(values())
        .filter(activation -> activation.key.equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                GraftException.usage(
                    "unknown activation \"%s\"; allowed: relu, leaky-relu, silu, gelu", key));
  }
}
