package dev.graft.model.external;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The {@code architecture} section of a classifier: its file and the file's signature.
 *
 * @param image its input
 * @param outputs what its first outputs are: {@code embedding}, {@code logits}
 * @param embedding length of an embedding; 0 where there is none
 * @param classes of the logits, in the file's order; empty where there are none
 */
record ExternalClassifierArchitecture(
    ModelFile file,
    DeclaredImage image,
    List<String> outputs,
    int embedding,
    List<String> classes) {
  private static final String EMBEDDING = "embedding";
  private static final String LOGITS = "logits";

  static ExternalClassifierArchitecture of(JsonNode node) {
    return Json.mapper().convertValue(node, ExternalClassifierArchitecture.class);
  }

  /**
   * @throws GraftException (exit 2) when the signature does not suit itself or the data
   */
  void check(DatasetSchema schema) {
    image.check(ImageShape.of(schema));
    if (outputs.contains(EMBEDDING) != embedding > 0) {
      throw GraftException.usage(
          "architecture.outputs is %s and architecture.embedding %d; where there is an embedding,"
              + " its length must be given, and nowhere else",
          outputs, embedding);
    }
    if (hasLogits() == classes.isEmpty()) {
      throw GraftException.usage(
          "architecture.outputs is %s and architecture.classes %s; where there are logits, the"
              + " names of their classes must be given, and nowhere else",
          outputs, classes);
    }
    if (hasLogits()) {
      new KnownClasses(classes).check(schema);
    }
  }

  boolean hasLogits() {
    return outputs.contains(LOGITS);
  }

  /** Length of the features: the embedding, or else the logits. */
  int featureSize() {
    return embedding > 0 ? embedding : classes.size();
  }

  /** (batch, featureSize). */
  float[] features(List<Tensor> outcome, int batch) {
    return embedding > 0 ? output(outcome, EMBEDDING, batch, embedding) : logits(outcome, batch);
  }

  /** (batch, classes of the file). */
  float[] logits(List<Tensor> outcome, int batch) {
    return output(outcome, LOGITS, batch, classes.size());
  }

  private float[] output(List<Tensor> outcome, String name, int batch, int width) {
    int place = outputs.indexOf(name);
    if (place >= outcome.size()) {
      throw GraftException.usage(
          "the model file gives %d outputs; its definition declares %s", outcome.size(), outputs);
    }
    Tensor tensor = outcome.get(place);
    if (!Arrays.equals(tensor.shape(), new long[] {batch, width})) {
      throw GraftException.usage(
          "output %d of the model file has the shape %s; its definition declares it as the %s, [%d,"
              + " %d]",
          place + 1, Arrays.toString(tensor.shape()), name, batch, width);
    }
    for (float value : tensor.values()) {
      if (!Float.isFinite(value)) {
        throw GraftException.usage("the %s of the model file holds %s", name, value);
      }
    }
    return tensor.values();
  }
}
