package dev.graft.model.nn;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.TreeMap;

/**
 * A function of tensors in TorchScript, for operations that the engine does not offer otherwise,
 * such as the gradient of a gradient. Gradients flow to its inputs. Thread-safe.
 */
public final class TorchFunction implements AutoCloseable {
  private static final String CLASS = "Function";

  private final Model model;

  private TorchFunction(Model model) {
    this.model = model;
  }

  /**
   * Compiles a function; the engine must have been started.
   *
   * @param parameters such as {@code x: Tensor, w: Tensor}
   * @param body statements, of which the last returns a tensor, in the dialect of saved
   *     TorchScript: {@code torch.} functions with positional arguments, every constant written out
   */
  public static TorchFunction compile(String parameters, String body) {
    Model model = Model.newInstance(CLASS, "PyTorch");
    try {
      model.load(new ByteArrayInputStream(archive(parameters, body)), null);
      return new TorchFunction(model);
    } catch (IOException e) {
      model.close();
      throw new UncheckedIOException(e);
    } catch (MalformedModelException | RuntimeException e) {
      model.close();
      throw new IllegalArgumentException("not TorchScript: " + body, e);
    }
  }

  /**
   * @param inputs of which the first owns the result
   */
  public NDArray apply(NDArray... inputs) {
    // A profiled graph is compiled anew when gradients are switched.
    JniUtils.setGraphExecutorOptimize(false);
    // Not for training: without it the engine would record no gradients.
    return model
        .getBlock()
        .forward(new ParameterStore(model.getNDManager(), false), new NDList(inputs), true)
        .head();
  }

  private static byte[] archive(String parameters, String body) {
    StringBuilder method = new StringBuilder();
    method.append("  def forward(self: __torch__.").append(CLASS).append(", ");
    method.append(parameters).append(") -> Tensor:\n");
    body.lines().forEach(line -> method.append("    ").append(line).append('\n'));
    return TorchArchive.of(CLASS, new TreeMap<>(), method.toString());
  }

  @Override
  public void close() {
    model.close();
  }
}
