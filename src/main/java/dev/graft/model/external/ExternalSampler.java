package dev.graft.model.external;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.ImageSampler;
import dev.graft.model.nn.Safetensors;
import java.io.IOException;
import java.util.Arrays;

/**
 * A generator from a file, open for drawing.
 *
 * <p>Control {@code truncation}: factor on the noise, 0 or more; 1 by default.
 */
final class ExternalSampler extends ImageSampler {
  static final String TRUNCATION = "truncation";

  private final ExternalArchitecture architecture;
  private final int[] numbers;
  private final Program program;

  ExternalSampler(StoredModel model) throws IOException {
    super(model);
    ModelDefinition definition = model.card().definition();
    this.architecture = ExternalArchitecture.of(definition.architecture());
    this.numbers = architecture.numbers(model.card().schema());
    byte[] content = Safetensors.decode(model.weights()).bytes().get(ExternalFamily.FILE).values();
    this.program = architecture.file().open(content, definition.compute());
  }

  @Override
  protected NDArray draw(NDManager scope, Request request) {
    float truncation = (float) request.controls().get(TRUNCATION, 1);
    int size = architecture.noise().size();
    float[] noise = new float[batch() * size];
    for (int i = 0; i < request.count(); i++) {
      architecture.noise().draw(request.random().apply(i), noise, i * size);
    }
    int asked = Math.max(1, request.count()) * size;
    for (int i = 0; i < noise.length; i++) {
      // Rows after the asked ones repeat them: a file need not bear rows of zeros.
      noise[i] = i < asked ? truncation * noise[i] : noise[i % asked];
    }
    int[] rows = new int[batch()];
    Arrays.fill(rows, numbers[request.label()]);
    float[] images =
        architecture.image().decode(program.run(architecture.inputs(noise, rows)).get(0), batch());
    return scope.create(
        images, new Shape(batch(), shape().channels(), shape().height(), shape().width()));
  }

  @Override
  public void close() {
    program.close();
    super.close();
  }
}
