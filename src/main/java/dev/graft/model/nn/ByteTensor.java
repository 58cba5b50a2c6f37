package dev.graft.model.nn;

import java.util.Arrays;

/**
 * A named tensor of bytes, such as rows of quantised values.
 *
 * @param shape sizes of the dimensions
 * @param values unsigned, in row-major order
 */
public record ByteTensor(long[] shape, byte[] values) {
  public ByteTensor {
    if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != values.length) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
    }
  }

  /** One dimension of bytes, such as a whole file. */
  public static ByteTensor of(byte[] values) {
    return new ByteTensor(new long[] {values.length}, values);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteTensor that
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "ByteTensor" + Arrays.toString(shape);
  }
}
