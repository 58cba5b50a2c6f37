package dev.graft.model.external;

import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.nn.ScriptedGenerator;
import dev.graft.model.nn.Tensor;
import java.io.IOException;
import java.util.List;

/**
 * A generator as a function of noise that the caller gives: what looking into a model takes. Rows
 * go to the engine in full batches. Thread-safe.
 */
public final class ScriptedDecoder implements AutoCloseable {
  private final TorchProgram program;
  private final int batch;
  private final int noise;

  private ScriptedDecoder(TorchProgram program, int batch, int noise) {
    this.program = program;
    this.batch = batch;
    this.noise = noise;
  }

  public static ScriptedDecoder open(ScriptedGenerator generator, Compute compute)
      throws IOException {
    int noise = generator.noise().stream().reduce(1, Math::multiplyExact);
    return new ScriptedDecoder(
        TorchProgram.open(generator.archive(), compute), compute.batch(), noise);
  }

  /** Values of one sample's noise. */
  public int noise() {
    return noise;
  }

  /**
   * Images of noise.
   *
   * @param given (count, noise)
   * @param labels class of each, (count)
   * @return (count, rowSize) with values in [0, 1]
   */
  public float[] images(float[] given, int[] labels) {
    float[] images = new float[0];
    for (int from = 0; from < labels.length; from += batch) {
      int count = Math.min(batch, labels.length - from);
      float[] padded = new float[batch * noise];
      System.arraycopy(given, from * noise, padded, 0, count * noise);
      long[] classes = new long[batch];
      for (int i = 0; i < count; i++) {
        classes[i] = Math.max(0, labels[from + i]);
      }
      Tensor drawn =
          program
              .run(
                  List.of(
                      new Input.Floats(Tensor.of(padded, batch, noise)),
                      new Input.Indices(classes)))
              .get(0);
      int size = drawn.values().length / batch;
      if (from == 0) {
        images = new float[labels.length * size];
      }
      System.arraycopy(drawn.values(), 0, images, from * size, count * size);
    }
    return images;
  }

  @Override
  public void close() {
    program.close();
  }
}
