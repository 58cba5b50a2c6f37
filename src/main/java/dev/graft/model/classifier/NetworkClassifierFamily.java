package dev.graft.model.classifier;

import ai.djl.ndarray.NDManager;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.Classifier;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.ObjectiveLearner;
import dev.graft.model.nn.TorchEngine;
import dev.graft.model.nn.TrainingLoop;
import dev.graft.model.nn.TrainingSettings;
import dev.graft.model.nn.WarmStart;
import java.io.IOException;
import java.util.Map;

/** Classifiers that are one network trained by cross-entropy; families differ in the network. */
abstract class NetworkClassifierFamily implements ModelFamily<Classifier> {
  /**
   * The network of a definition.
   *
   * @param manager holds what its uploads need
   * @throws GraftException (exit 2) when it does not suit the data
   */
  abstract ClassifierNetwork network(
      ModelDefinition definition, DatasetSchema schema, NDManager manager);

  /** Refuses a definition that does not suit data of this schema. */
  abstract void checkNetwork(ModelDefinition definition, DatasetSchema schema);

  @Override
  public Class<Classifier> modelType() {
    return Classifier.class;
  }

  @Override
  public boolean fineTunes() {
    return true;
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    if (schema.classes().size() == 1) {
      throw tooFewClasses(definition, schema);
    }
    checkNetwork(definition, schema);
    TrainingSettings.of(definition.training());
  }

  @Override
  public FittedModel fit(TrainingRun run) throws IOException {
    ModelDefinition definition = run.definition();
    ClassifierTraining training =
        Json.mapper().convertValue(definition.training(), ClassifierTraining.class);
    if (training.augment() && run.augmenter() == null) {
      throw GraftException.usage(
          "%s: training.augment is true, but this modality has no classical augmentation",
          definition.name());
    }
    if (run.schema().classes().size() < 2) {
      throw tooFewClasses(definition, run.schema());
    }
    double dropout = definition.architecture().path("dropout").asDouble();
    try (NDManager manager = TorchEngine.newManager(definition.compute())) {
      ClassifierNetwork network = network(definition, run.schema(), manager);
      ClassifierObjective objective =
          new ClassifierObjective(run, manager, network, dropout, training);
      try (TrainingLoop loop =
          new TrainingLoop(
              run,
              (stretch, settings, saved) ->
                  new ObjectiveLearner(
                      manager,
                      settings,
                      saved,
                      parameters -> WarmStart.declare(run, parameters, network::declare),
                      objective))) {
        return loop.run().fitted(Map.of());
      }
    }
  }

  private static GraftException tooFewClasses(ModelDefinition definition, DatasetSchema schema) {
    return GraftException.usage(
        "%s: a classifier needs at least 2 classes; the data has %d",
        definition.name(), schema.classes().size());
  }

  @Override
  public Classifier open(StoredModel model) {
    return new TorchClassifier(model, this);
  }
}
