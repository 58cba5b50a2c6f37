package dev.graft.model.encoder;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.text.CanonicalText;
import dev.graft.model.Classifier;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import dev.graft.model.external.OpenHead;
import dev.graft.model.nn.Safetensors;

/** A linear head on a sentence encoder; its features are the embeddings. */
final class EncoderClassifier implements Classifier {
  private final int rowSize;
  private final int classes;
  private final SentenceEncoder encoder;
  private final OpenHead head;

  EncoderClassifier(StoredModel model) {
    ModelDefinition definition = model.card().definition();
    DatasetSchema schema = model.card().schema();
    rowSize = schema.rowSize();
    classes = schema.classes().size();
    EncoderChoice choice = TextEncoderFamily.encoder(definition);
    head =
        new OpenHead(
            Safetensors.decode(model.weights()).tensors(),
            choice.width(),
            classes,
            definition.compute());
    encoder = SentenceEncoder.open(choice, definition.compute());
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int featureSize() {
    return encoder.width();
  }

  @Override
  public Prediction predict(byte[] values, int count) {
    float[] embeddings = embeddings(encoder, values, count, rowSize);
    return new Prediction(
        count, classes, encoder.width(), head.probabilities(embeddings, count), embeddings);
  }

  /** The embeddings of rows, marks of spans left out, (count, width). */
  static float[] embeddings(SentenceEncoder encoder, byte[] values, int count, int rowSize) {
    float[] embeddings = new float[count * encoder.width()];
    for (int row = 0; row < count; row++) {
      String text = CanonicalText.plain(values, row * rowSize, rowSize);
      encoder.encode(text, embeddings, row * encoder.width());
    }
    return embeddings;
  }

  @Override
  public void close() {
    encoder.close();
    head.close();
  }
}
