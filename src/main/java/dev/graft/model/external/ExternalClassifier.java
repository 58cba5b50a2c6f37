package dev.graft.model.external;

import dev.graft.model.Classifier;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.Safetensors;
import java.io.IOException;

/** A classifier from a file, open for inference: the file's own logits, or those of its head. */
final class ExternalClassifier implements Classifier {
  private final ExternalClassifierArchitecture architecture;
  private final Program program;
  private final Embedder embedder;
  private final int classes;

  /** The file's number of each class of the data; empty where a head knows them. */
  private final int[] numbers;

  private final OpenHead head;

  ExternalClassifier(StoredModel model) throws IOException {
    ModelDefinition definition = model.card().definition();
    architecture = ExternalClassifierArchitecture.of(definition.architecture());
    classes = model.card().schema().classes().size();
    Safetensors file = Safetensors.decode(model.weights());
    byte[] content = file.bytes().get(ExternalFamily.FILE).values();
    program = architecture.file().open(content, definition.compute());
    embedder = new Embedder(architecture, program, definition.compute().batch());
    if (architecture.hasLogits()) {
      numbers = new KnownClasses(architecture.classes()).numbers(model.card().schema());
      head = null;
    } else {
      numbers = new int[0];
      head =
          new OpenHead(file.tensors(), architecture.featureSize(), classes, definition.compute());
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
    return new Prediction(
        count,
        classes,
        architecture.featureSize(),
        head.probabilities(answer.features(), count),
        answer.features());
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
    if (head != null) {
      head.close();
    }
  }
}
