package dev.graft.model.nn;

import java.util.Arrays;

/**
 * A named tensor's content outside the engine: what files hold.
 *
 * @param shape sizes of the dimensions
 * @param values in row-major order
 */
public record Tensor(long[] shape, float[] values) {
  public Tensor {
    long size = 1;
    for (long length : shape) {
      size = Math.multiplyExact(size, length);
    }
    if (size != values.length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
    }
  }

  public static Tensor of(float[] values, long... shape) {
    return new Tensor(shape, values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Tensor" + Arrays.toString(shape);
  }
}
