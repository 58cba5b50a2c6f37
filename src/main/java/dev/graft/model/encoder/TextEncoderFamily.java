package dev.graft.model.encoder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.modality.text.TextModality;
import dev.graft.model.Classifier;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.external.HeadTraining;
import dev.graft.model.nn.TrainingSettings;
import java.io.IOException;

/**
 * Judges of texts that rest on a pretrained sentence encoder: a linear head on its embeddings,
 * which knows the classes from a few texts of each. The encoder stays as it is and is not in the
 * weights.
 */
public final class TextEncoderFamily implements ModelFamily<Classifier> {
  @Override
  public String name() {
    return "text-encoder";
  }

  @Override
  public String description() {
    return "text classifier on a pretrained sentence encoder: judge of few texts";
  }

  @Override
  public Class<Classifier> modelType() {
    return Classifier.class;
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    TextModality.rowSize(schema);
    TrainingSettings.of(definition.training());
    encoder(definition);
  }

  static EncoderChoice encoder(ModelDefinition definition) {
    JsonNode encoder = definition.architecture().path("encoder");
    return Json.mapper().convertValue(encoder, EncoderChoice.class);
  }

  @Override
  public FittedModel fit(TrainingRun run) throws IOException {
    ModelDefinition definition = run.definition();
    check(definition, run.schema());
    if (run.schema().classes().size() < 2) {
      throw GraftException.usage(
          "%s: a classifier needs at least 2 classes; the data has %d",
          definition.name(), run.schema().classes().size());
    }
    try (SentenceEncoder encoder =
        SentenceEncoder.open(encoder(definition), definition.compute())) {
      return HeadTraining.fit(
          run,
          rows -> EncoderClassifier.embeddings(encoder, rows.values(), rows.size(), rows.rowSize()),
          encoder.width());
    }
  }

  @Override
  public Classifier open(StoredModel model) {
    return new EncoderClassifier(model);
  }
}
