package dev.graft.model.external;

import dev.graft.model.nn.Tensor;
import java.util.Arrays;

/** What a model file is given. */
sealed interface Input {
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

  /** 64-bit integers, (B). */
  record Indices(long[] values) implements Input {
    @Override
    public long[] shape() {
      return new long[] {values.length};
    }

    @Override
    public String toString() {
      return "64-bit integers " + Arrays.toString(shape());
    }
  }
}
