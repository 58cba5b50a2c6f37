package dev.graft.model.classifier;

import ai.djl.ndarray.NDManager;
import dev.graft.data.DatasetSchema;
import dev.graft.model.ModelDefinition;
import dev.graft.model.nn.ImageShape;

/** Convolutional classifiers of images: judges, examiners and utility learners. */
public final class ClassifierFamily extends NetworkClassifierFamily {
  @Override
  public String name() {
    return "classifier";
  }

  @Override
  public String description() {
    return "convolutional image classifier: judge, examiner or utility learner";
  }

  @Override
  ClassifierNetwork network(ModelDefinition definition, DatasetSchema schema, NDManager manager) {
    return new ConvolutionalNetwork(
        ConvolutionalNetwork.Architecture.of(definition.architecture()),
        ImageShape.of(schema),
        schema.classes().size(),
        manager);
  }

  @Override
  void checkNetwork(ModelDefinition definition, DatasetSchema schema) {
    ConvolutionalNetwork.check(
        ConvolutionalNetwork.Architecture.of(definition.architecture()), ImageShape.of(schema));
  }
}
