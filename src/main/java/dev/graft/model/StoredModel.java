package dev.graft.model;

import dev.graft.data.DatasetSchema;
import java.util.List;
import java.util.Map;

/**
 * An immutable version in the model store.
 *
 * @param card what is known of it
 * @param weights safetensors bytes
 */
public record StoredModel(ModelCard card, byte[] weights) {
  /**
   * The content of {@code model.yaml}.
   *
   * @param name name in the store
   * @param digest SHA-256 over definition, schema, seed, data digest and weights: the version
   * @param definition what was trained
   * @param schema of the data it was trained on
   * @param dataDigest fingerprint of the INGEST output it was trained on
   * @param seed of the training
   * @param weightsSha256 of the weights file
   * @param bestStep step whose weights these are
   * @param figures final figures
   * @param history loss curves
   */
  public record ModelCard(
      String name,
      String digest,
      ModelDefinition definition,
      DatasetSchema schema,
      String dataDigest,
      long seed,
      String weightsSha256,
      long bestStep,
      Map<String, Double> figures,
      List<FittedModel.HistoryPoint> history) {
    public ModelCard {
      figures = Map.copyOf(figures);
      history = List.copyOf(history);
    }
  }
}
