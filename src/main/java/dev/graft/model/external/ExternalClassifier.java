package dev.graft.model.external;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.model.Classifier;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.TorchEngine;
import java.io.IOException;
import java.util.Arrays;

/** A classifier from a file, open for inference: the file's own logits, or those of its head. */
final class ExternalClassifier implements Classifier {
  private final ExternalClassifierArchitecture architecture;
  private final NDManager manager;
  private final Program program;
  private final Embedder embedder;
  private final int batch;
  private final int classes;

  /** The file's number of each class of the data; empty where a head knows them. */
  private final int[] numbers;

  private final Standardisation standard;
  private final ParameterSet head;

  ExternalClassifier(StoredModel model) throws IOException {
    ModelDefinition definition = model.card().definition();
    architecture = ExternalClassifierArchitecture.of(definition.architecture());
    batch = definition.compute().batch();
    classes = model.card().schema().classes().size();
    Safetensors file = Safetensors.decode(model.weights());
    byte[] content = file.bytes().get(ExternalFamily.FILE).values();
    program = architecture.file().open(content, definition.compute());
    embedder = new Embedder(architecture, program, batch);
    manager = TorchEngine.newManager(definition.compute());
    if (architecture.hasLogits()) {
      numbers = new KnownClasses(architecture.classes()).numbers(model.card().schema());
      standard = null;
      head = null;
    } else {
      numbers = new int[0];
      standard = Standardisation.of(file.tensors());
      head = ParameterSet.of(manager, file.tensors());
    }
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int featureSize() {
    return architecture.featureSize();
  }

  @Override
  public Prediction predict(byte[] values, int count) {
    Embedder.Answer answer = embedder.ask(values, count);
    if (head == null) {
      return prediction(architecture, numbers, answer, count);
    }
    int width = architecture.featureSize();
    Layers.Dense layer = LinearHead.layer(width, classes);
    float[] embeddings = standard.apply(answer.features());
    float[] probabilities = new float[count * classes];
    for (int start = 0; start < count; start += batch) {
      int rows = Math.min(batch, count - start);
      float[] padded =
          Arrays.copyOf(
              Arrays.copyOfRange(embeddings, start * width, (start + rows) * width), batch * width);
      try (GradMode off = GradMode.off();
          NDManager scope = manager.newSubManager()) {
        NDArray logits = layer.apply(head, scope.create(padded, new Shape(batch, width)));
        float[] part = logits.softmax(1).toFloatArray();
        System.arraycopy(part, 0, probabilities, start * classes, rows * classes);
      }
    }
    return new Prediction(count, classes, width, probabilities, answer.features());
  }

  /** By the file's own logits, among the classes of the data. */
  static Prediction prediction(
      ExternalClassifierArchitecture architecture,
      int[] numbers,
      Embedder.Answer answer,
      int count) {
    int known = architecture.classes().size();
    float[] probabilities = new float[count * numbers.length];
    for (int row = 0; row < count; row++) {
      double most = Double.NEGATIVE_INFINITY;
      for (int number : numbers) {
        most = Math.max(most, answer.logits()[row * known + number]);
      }
      double sum = 0;
      for (int number : numbers) {
        sum += StrictMath.exp(answer.logits()[row * known + number] - most);
      }
      for (int c = 0; c < numbers.length; c++) {
        double logit = answer.logits()[row * known + numbers[c]];
        probabilities[row * numbers.length + c] = (float) (StrictMath.exp(logit - most) / sum);
      }
    }
    return new Prediction(
        count, numbers.length, architecture.featureSize(), probabilities, answer.features());
  }

  @Override
  public void close() {
    program.close();
    manager.close();
  }
}
