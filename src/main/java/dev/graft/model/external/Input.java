package dev.graft.model.external;

import dev.graft.model.nn.Tensor;
import java.util.Arrays;

/** What a model file is given. */
public sealed interface Input {
  /** Sizes of the dimensions. */
  long[] shape();

  /** 32-bit floats. */
  record Floats(Tensor tensor) implements Input {
    @Override
    public long[] shape() {
      return tensor.shape();
    }

    @Override
    public String toString() {
      return "32-bit floats " + Arrays.toString(shape());
    }
  }

  /** 64-bit integers. */
  record Indices(long[] values, long[] shape) implements Input {
    /** One of each row, (B). */
    public Indices(long[] values) {
      this(values, new long[] {values.length});
    }

    /** As many of each row, (B, T). */
    public static Indices of(long[] values, int rows) {
      return new Indices(values, new long[] {rows, values.length / rows});
    }

    @Override
    public String toString() {
      return "64-bit integers " + Arrays.toString(shape());
    }
  }
}
