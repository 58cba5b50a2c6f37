package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;

/**
 * Arithmetic with a number inside a loss. The engine's own methods that take a Java number close
 * its array as soon as they return, yet libtorch still reads that memory in the backward pass: once
 * the garbage collector has run in between, the gradient is of some other number. Here the number
 * lives as long as the manager of the other operand.
 */
public final class Scalars {
  private Scalars() {}

  /** {@code x * factor}. */
  public static NDArray times(NDArray x, double factor) {
    return x.mul(x.getManager().create((float) factor));
  }

  /** {@code x + term}. */
  public static NDArray plus(NDArray x, double term) {
    return x.add(x.getManager().create((float) term));
  }

  /** The greater of {@code x} and {@code least}, by value. */
  public static NDArray atLeast(NDArray x, double least) {
    return x.maximum(x.getManager().create((float) least));
  }
}
