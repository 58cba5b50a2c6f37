package dev.graft.model.classifier;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.model.Classifier;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import dev.graft.model.nn.Dropout;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.TorchEngine;
import java.util.Arrays;

/**
 * A trained classifier, open for inference. Every call of the network has the batch shape of the
 * definition, so that a row's result does not depend on its neighbours.
 */
final class TorchClassifier implements Classifier {
  private final NDManager manager;
  private final ClassifierNetwork network;
  private final ParameterSet weights;
  private final int rowSize;
  private final int classes;
  private final int batch;

  /**
   * @param networks of the model's family
   */
  TorchClassifier(StoredModel model, NetworkClassifierFamily networks) {
    ModelDefinition definition = model.card().definition();
    this.rowSize = model.card().schema().rowSize();
    this.classes = model.card().schema().classes().size();
    this.batch = definition.compute().batch();
    this.manager = TorchEngine.newManager(definition.compute());
    this.network = networks.network(definition, model.card().schema(), manager);
    this.weights = ParameterSet.of(manager, Safetensors.decode(model.weights()).tensors());
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int featureSize() {
    return network.featureSize();
  }

  @Override
  public Prediction predict(byte[] values, int count) {
    int featureSize = network.featureSize();
    float[] probabilities = new float[count * classes];
    float[] features = new float[count * featureSize];
    for (int start = 0; start < count; start += batch) {
      int rows = Math.min(batch, count - start);
      byte[] padded =
          Arrays.copyOf(
              Arrays.copyOfRange(values, start * rowSize, (start + rows) * rowSize),
              batch * rowSize);
      try (GradMode off = GradMode.off();
          NDManager scope = manager.newSubManager()) {
        NDArray x = network.upload(scope, padded, batch);
        ClassifierNetwork.Output output = network.apply(weights, x, Dropout.none());
        System.arraycopy(
            output.logits().softmax(1).toFloatArray(),
            0,
            probabilities,
            start * classes,
            rows * classes);
        System.arraycopy(
            output.features().toFloatArray(), 0, features, start * featureSize, rows * featureSize);
      }
    }
    return new Prediction(count, classes, featureSize, probabilities, features);
  }

  @Override
  public void close() {
    manager.close();
  }
}
