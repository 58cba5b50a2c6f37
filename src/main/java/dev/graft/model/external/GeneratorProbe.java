package dev.graft.model.external;

import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.model.nn.Tensor;
import java.util.List;

/**
 * Calls a generator's file to see that it is as declared: shape, finite values, range, and that an
 * image depends on nothing but its own noise and class.
 */
final class GeneratorProbe {
  private static final long SEED = 0x70726f6265L;
  private static final double ALIKE = 1e-3;

  private final ExternalArchitecture architecture;
  private final Program program;
  private final int[] classes;
  private final int batch;

  /**
   * @param classes the file's number of each class of the data
   */
  GeneratorProbe(ExternalArchitecture architecture, Program program, int[] classes, int batch) {
    this.architecture = architecture;
    this.program = program;
    this.classes = classes;
    this.batch = batch;
  }

  /**
   * @throws GraftException (exit 2) that says what was declared and what was found
   */
  void check() {
    Tensor output = call(0);
    float[] images = architecture.image().decode(output, batch);
    architecture.image().checkRange(output);
    float[] moved = architecture.image().decode(call(1), batch);
    int size = architecture.image().size();
    for (int i = 0; i < images.length; i++) {
      int row = (i / size + 1) % batch;
      if (Math.abs(images[i] - moved[row * size + i % size]) > ALIKE) {
        throw GraftException.usage(
            "the model file gives another image of the same noise and class when it is called again"
                + " with the batch in another order; it must be in evaluation mode (no dropout, no"
                + " statistics of the batch) and draw no noise of its own");
      }
    }
  }

  /** The output for rows that lie {@code shift} places on. */
  private Tensor call(int shift) {
    int size = architecture.noise().size();
    float[] noise = new float[batch * size];
    int[] numbers = new int[batch];
    for (int i = 0; i < batch; i++) {
      int row = (i + shift) % batch;
      architecture.noise().draw(CounterRandom.of(SEED, i), noise, row * size);
      numbers[row] = classes[i % classes.length];
    }
    List<Tensor> outputs = program.run(architecture.inputs(noise, numbers));
    return outputs.get(0);
  }
}
