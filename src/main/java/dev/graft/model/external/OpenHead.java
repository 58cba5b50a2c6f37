package dev.graft.model.external;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TorchEngine;
import java.util.Arrays;
import java.util.Map;

/** A fitted linear head, open for inference. Thread-safe. */
public final class OpenHead implements AutoCloseable {
  private final NDManager manager;
  private final Standardisation standard;
  private final ParameterSet weights;
  private final Layers.Dense layer;
  private final int width;
  private final int classes;
  private final int batch;

  /**
   * @param tensors of {@link HeadTraining#fit}
   * @param width of an embedding
   */
  public OpenHead(Map<String, Tensor> tensors, int width, int classes, Compute compute) {
    manager = TorchEngine.newManager(compute);
    standard = Standardisation.of(tensors);
    weights = ParameterSet.of(manager, tensors);
    layer = LinearHead.layer(width, classes);
    this.width = width;
    this.classes = classes;
    batch = compute.batch();
  }

  /**
   * Probabilities of the classes, (count, classes).
   *
   * @param embeddings (count, width)
   */
  public float[] probabilities(float[] embeddings, int count) {
    float[] standardised = standard.apply(embeddings);
    float[] probabilities = new float[count * classes];
    for (int start = 0; start < count; start += batch) {
      int rows = Math.min(batch, count - start);
      float[] padded =
          Arrays.copyOf(
              Arrays.copyOfRange(standardised, start * width, (start + rows) * width),
              batch * width);
      try (GradMode off = GradMode.off();
          NDManager scope = manager.newSubManager()) {
        NDArray logits = layer.apply(weights, scope.create(padded, new Shape(batch, width)));
        float[] part = logits.softmax(1).toFloatArray();
        System.arraycopy(part, 0, probabilities, start * classes, rows * classes);
      }
    }
    return probabilities;
  }

  @Override
  public void close() {
    manager.close();
  }
}
