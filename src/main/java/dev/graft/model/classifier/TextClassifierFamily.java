package dev.graft.model.classifier;

import ai.djl.ndarray.NDManager;
import dev.graft.data.DatasetSchema;
import dev.graft.modality.text.TextModality;
import dev.graft.model.ModelDefinition;

/** Classifiers of texts by their n-grams: judges, examiners and utility learners. */
public final class TextClassifierFamily extends NetworkClassifierFamily {
  @Override
  public String name() {
    return "text-classifier";
  }

  @Override
  public String description() {
    return "text classifier over hashed n-grams: judge, examiner or utility learner";
  }

  @Override
  ClassifierNetwork network(ModelDefinition definition, DatasetSchema schema, NDManager manager) {
    return new GramNetwork(
        GramNetwork.Architecture.of(definition.architecture()),
        TextModality.rowSize(schema),
        schema.classes().size());
  }

  @Override
  void checkNetwork(ModelDefinition definition, DatasetSchema schema) {
    TextModality.rowSize(schema);
    GramNetwork.Architecture.of(definition.architecture());
  }
}
