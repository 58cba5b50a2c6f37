package dev.graft.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.data.DatasetSchema;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.tune.TuningStory;
import dev.graft.model.watch.WatchStory;
import java.util.List;
import java.util.Map;

/**
 * An immutable version in the model store.
 *
 * @param card what is known of it
 * @param weights safetensors bytes
 */
public record StoredModel(ModelCard card, byte[] weights) {
  /** Rows that a model in training draws in one call: those of a class are few. */
  private static final int ROWS_IN_TRAINING = 32;

  /**
   * A model in training, to be opened for a look; no store has it.
   *
   * @param weights safetensors bytes so far
   */
  public static StoredModel inTraining(TrainingRun run, byte[] weights) {
    return inTraining(run, weights, ROWS_IN_TRAINING);
  }

  /**
   * The same.
   *
   * @param rows that it draws in one call
   */
  public static StoredModel inTraining(TrainingRun run, byte[] weights, int rows) {
    ModelDefinition definition = run.definition();
    Compute compute = definition.compute();
    ModelDefinition inSmallCalls =
        new ModelDefinition(
            definition.name(),
            definition.family(),
            definition.architecture(),
            definition.training(),
            new Compute(compute.threads(), rows, compute.capability()));
    return new StoredModel(
        new ModelCard(
            definition.name(),
            "",
            inSmallCalls,
            run.schema(),
            "",
            run.seed(),
            "",
            0,
            Map.of(),
            List.of()),
        weights);
  }

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
   * @param watch what was seen of the training; null where nobody looked
   * @param tuning how the settings were chosen; null where they are the definition's own
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
      List<FittedModel.HistoryPoint> history,
      @JsonInclude(JsonInclude.Include.NON_NULL) WatchStory watch,
      @JsonInclude(JsonInclude.Include.NON_NULL) TuningStory tuning) {
    public ModelCard {
      figures = Map.copyOf(figures);
      history = List.copyOf(history);
    }

    /** Of a training that nobody watched. */
    public ModelCard(
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
      this(
          name,
          digest,
          definition,
          schema,
          dataDigest,
          seed,
          weightsSha256,
          bestStep,
          figures,
          history,
          null,
          null);
    }

    /** Whether its training ended by an alarm. */
    @JsonIgnore
    public boolean collapsed() {
      return watch != null && watch.collapsed();
    }
  }
}
