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
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.ObjectiveLearner;
import dev.graft.model.nn.TorchEngine;
import dev.graft.model.nn.TrainingLoop;
import dev.graft.model.nn.TrainingSettings;
import dev.graft.model.nn.WarmStart;
import java.io.IOException;
import java.util.Map;

/** Convolutional classifiers of images: judges, examiners and utility learners. */
public final class ClassifierFamily implements ModelFamily<Classifier> {
  @Override
  public String name() {
    return "classifier";
  }

  @Override
  public String description() {
    return "convolutional image classifier: judge, examiner or utility learner";
  }

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
    network(ClassifierNetwork.Architecture.of(definition.architecture()), schema);
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
    ClassifierNetwork.Architecture architecture =
        ClassifierNetwork.Architecture.of(definition.architecture());
    ClassifierNetwork network = network(architecture, run.schema());
    try (NDManager manager = TorchEngine.newManager(definition.compute());
        TrainingLoop loop =
            new TrainingLoop(
                run,
                (stretch, settings, saved) ->
                    new ObjectiveLearner(
                        manager,
                        settings,
                        saved,
                        parameters -> WarmStart.declare(run, parameters, network::declare),
                        new ClassifierObjective(run, manager, network, architecture, training)))) {
      return loop.run().fitted(Map.of());
    }
  }

  private static ClassifierNetwork network(
      ClassifierNetwork.Architecture architecture, DatasetSchema schema) {
    return new ClassifierNetwork(architecture, ImageShape.of(schema), schema.classes().size());
  }

  private static GraftException tooFewClasses(ModelDefinition definition, DatasetSchema schema) {
    return GraftException.usage(
        "%s: a classifier needs at least 2 classes; the data has %d",
        definition.name(), schema.classes().size());
  }

  @Override
  public Classifier open(StoredModel model) {
    return new TorchClassifier(model);
  }
}
