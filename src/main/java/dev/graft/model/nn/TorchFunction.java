package dev.graft.model.nn;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A function of tensors in TorchScript, for operations that the engine does not offer otherwise,
 * such as the gradient of a gradient. Gradients flow to its inputs. Thread-safe.
 */
public final class TorchFunction implements AutoCloseable {
  private static final String CLASS = "Function";
  private static final String FOLDER = "m/";

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

  /** The ZIP archive that {@code torch.jit.save} would write of a module with this method alone. */
  private static byte[] archive(String parameters, String body) throws IOException {
    StringBuilder code = new StringBuilder();
    code.append("class ").append(CLASS).append("(Module):\n");
    code.append("  __parameters__ = []\n  __buffers__ = []\n  training : bool\n");
    code.append("  def forward(self: __torch__.").append(CLASS).append(", ");
    code.append(parameters).append(") -> Tensor:\n");
    body.lines().forEach(line -> code.append("    ").append(line).append('\n'));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "data.pkl", pickledModule());
      store(zip, "code/__torch__.py", code.toString().getBytes(StandardCharsets.UTF_8));
      store(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
      store(zip, "version", "10\n".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** An object of the class with the state {@code {"training": True}}, as pickle protocol 2. */
  private static byte[] pickledModule() throws IOException {
    byte[] training = "training".getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2});
    pickle.write(("c__torch__\n" + CLASS + "\n").getBytes(StandardCharsets.UTF_8));
    pickle.write(new byte[] {'q', 0, ')', (byte) 0x81, '}', '(', 'X'});
    pickle.write(new byte[] {(byte) training.length, 0, 0, 0});
    pickle.write(training);
    pickle.write(new byte[] {'q', 1, (byte) 0x88, 'u', 'b', 'q', 2, '.'});
    return pickle.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(FOLDER + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  @Override
  public void close() {
    model.close();
  }
}
