package dev.graft.model.external;

import dev.graft.data.GraftException;
import dev.graft.model.nn.Tensor;
import java.util.List;

/** A model file that can be called. Thread-safe; a call's result depends on its inputs alone. */
public interface Program extends AutoCloseable {
  /**
   * Calls the model.
   *
   * @param inputs in the file's order
   * @return outputs in the file's order
   * @throws GraftException (exit 2) when the file does not take these inputs, or gives anything but
   *     32-bit floats
   */
  List<Tensor> run(List<Input> inputs);

  @Override
  void close();

  /** The file does not take what the definition says. */
  static GraftException refused(List<Input> inputs, String reason) {
    return GraftException.usage(
        "the model file cannot be called as its definition declares, with %s: %s; correct the"
            + " signature in the definition",
        inputs, reason);
  }

  /** The file gives what Graft does not read. */
  static GraftException notFloats(int output, Object found) {
    return GraftException.usage(
        "output %d of the model file is %s; allowed: tensors of 32-bit floats", output + 1, found);
  }
}
