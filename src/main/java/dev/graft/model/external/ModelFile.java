package dev.graft.model.external;

import ai.djl.engine.EngineException;
import ai.onnxruntime.OrtException;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.model.ModelDefinition.Compute;
import java.io.IOException;
import java.util.Locale;

/**
 * The section {@code architecture.file}.
 *
 * @param path absolute, or an address that workers reach too
 * @param sha256 of its content, in hexadecimal digits
 * @param format {@code torchscript}, {@code onnx}, or {@code auto}: by the suffix of the path
 */
public record ModelFile(String path, String sha256, String format) {
  /** Whether it is there; the content of a local file is looked at as well. */
  public void check() {
    onnx();
    file().check();
  }

  /**
   * Reads it.
   *
   * @throws GraftException (exit 2) when it is not what the definition means
   */
  public byte[] content() {
    return file().content();
  }

  private ChecksummedFile file() {
    return new ChecksummedFile("model file", "architecture.file", path, sha256);
  }

  /**
   * Loads its content.
   *
   * @throws GraftException (exit 3) when it is damaged or in another format
   */
  public Program open(byte[] content, Compute compute) throws IOException {
    try {
      return onnx() ? OnnxProgram.open(content, compute) : TorchProgram.open(content, compute);
    } catch (EngineException e) {
      throw unreadable("TorchScript", TorchProgram.reason(e), e);
    } catch (OrtException e) {
      throw unreadable("ONNX", e.getMessage(), e);
    }
  }

  private boolean onnx() {
    if (!format.equals("auto")) {
      return format.equals("onnx");
    }
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".onnx")) {
      return true;
    }
    if (name.endsWith(".pt") || name.endsWith(".pth") || name.endsWith(".torchscript")) {
      return false;
    }
    throw GraftException.usage(
        "the format of %s is not known by its suffix (.pt, .pth, .torchscript or .onnx); set"
            + " architecture.file.format to torchscript or onnx",
        path);
  }

  private GraftException unreadable(String kind, String reason, Exception cause) {
    return new GraftException(
        ExitCode.INPUT,
        String.format(
            Locale.ROOT,
            "model file %s cannot be read as %s: %s; it is damaged, or of another format (plain"
                + " PyTorch weights are no TorchScript: save the module by torch.jit.save)",
            path,
            kind,
            reason),
        cause);
  }
}
