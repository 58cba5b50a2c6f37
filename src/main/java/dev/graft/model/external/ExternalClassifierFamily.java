package dev.graft.model.external;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.model.Classifier;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.ByteTensor;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.TrainingSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Judges and examiners that were trained elsewhere: a TorchScript or ONNX file that takes images
 * and gives embeddings, logits or both. To one that gives embeddings alone, fitting adds a linear
 * head that learns the classes of the data.
 */
public final class ExternalClassifierFamily implements ModelFamily<Classifier> {
  @Override
  public String name() {
    return "external-classifier";
  }

  @Override
  public String description() {
    return "image classifier or embedder from a TorchScript or ONNX file: judge or examiner";
  }

  @Override
  public Class<Classifier> modelType() {
    return Classifier.class;
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    ExternalClassifierArchitecture architecture =
        ExternalClassifierArchitecture.of(definition.architecture());
    architecture.check(schema);
    TrainingSettings.of(definition.training());
    architecture.file().check();
  }

  @Override
  public FittedModel fit(TrainingRun run) throws IOException {
    ModelDefinition definition = run.definition();
    ExternalClassifierArchitecture architecture =
        ExternalClassifierArchitecture.of(definition.architecture());
    architecture.check(run.schema());
    if (run.schema().classes().size() < 2) {
      throw GraftException.usage(
          "%s: a classifier needs at least 2 classes; the data has %d",
          definition.name(), run.schema().classes().size());
    }
    if (definition.training().path("augment").asBoolean()) {
      throw GraftException.usage(
          "%s: a model from a file cannot learn from classical augmentation; take a learner of"
              + " family classifier",
          definition.name());
    }
    byte[] content = architecture.file().content();
    try (Program program = architecture.file().open(content, definition.compute())) {
      Embedder embedder = new Embedder(architecture, program, definition.compute().batch());
      FittedModel fitted =
          architecture.hasLogits()
              ? asItIs(run, embedder, architecture)
              : HeadTraining.fit(
                  run,
                  rows -> embedder.ask(rows.values(), rows.size()).features(),
                  architecture.featureSize());
      return new FittedModel(
          Safetensors.decode(fitted.weights())
              .withBytes(ExternalFamily.FILE, ByteTensor.of(content))
              .encode(),
          fitted.history(),
          fitted.bestStep(),
          fitted.figures());
    }
  }

  /** Asks for the tune rows, which shows whether the file is as declared. */
  private static FittedModel asItIs(
      TrainingRun run, Embedder embedder, ExternalClassifierArchitecture architecture) {
    LabelledRows tune = run.tune();
    Classifier.Prediction prediction =
        ExternalClassifier.prediction(
            architecture,
            new KnownClasses(architecture.classes()).numbers(run.schema()),
            embedder.ask(tune.values(), tune.size()),
            tune.size());
    long right = 0;
    for (int row = 0; row < tune.size(); row++) {
      right += prediction.best(row) == tune.labels()[row] ? 1 : 0;
    }
    return new FittedModel(
        Safetensors.of(Map.of(), Map.of()).encode(),
        List.of(),
        0,
        Map.of("tune-accuracy", (double) right / tune.size()));
  }

  @Override
  public Classifier open(StoredModel model) throws IOException {
    return new ExternalClassifier(model);
  }
}
