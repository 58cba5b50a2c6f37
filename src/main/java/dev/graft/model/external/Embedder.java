package dev.graft.model.external;

import dev.graft.model.nn.Tensor;
import java.util.List;

/** Calls a classifier's file for any number of rows, by full batches. Thread-safe. */
final class Embedder {
  private final ExternalClassifierArchitecture architecture;
  private final Program program;
  private final int batch;

  Embedder(ExternalClassifierArchitecture architecture, Program program, int batch) {
    this.architecture = architecture;
    this.program = program;
    this.batch = batch;
  }

  /**
   * What the file says of rows.
   *
   * @param features (count, featureSize)
   * @param logits (count, classes of the file); empty where it gives none
   */
  record Answer(float[] features, float[] logits) {}

  /**
   * @param values quantised rows, at least {@code count} of them
   */
  Answer ask(byte[] values, int count) {
    int rowSize = architecture.image().size();
    int width = architecture.featureSize();
    int classes = architecture.hasLogits() ? architecture.classes().size() : 0;
    float[] features = new float[count * width];
    float[] logits = new float[count * classes];
    for (int start = 0; start < count; start += batch) {
      int rows = Math.min(batch, count - start);
      byte[] padded = new byte[batch * rowSize];
      for (int row = 0; row < batch; row++) {
        // Rows after the asked ones repeat them: a file need not bear black images.
        System.arraycopy(values, (start + row % rows) * rowSize, padded, row * rowSize, rowSize);
      }
      Tensor images = architecture.image().encode(padded, batch);
      List<Tensor> outcome = program.run(List.of(new Input.Floats(images)));
      System.arraycopy(
          architecture.features(outcome, batch), 0, features, start * width, rows * width);
      if (classes > 0) {
        System.arraycopy(
            architecture.logits(outcome, batch), 0, logits, start * classes, rows * classes);
      }
    }
    return new Answer(features, logits);
  }
}
