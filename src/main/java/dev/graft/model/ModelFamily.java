package dev.graft.model;

import dev.graft.data.DatasetSchema;
import dev.graft.spec.GenerationMode;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * One kind of model. Registered in {@link ModelFamilies}; its definition schema is the resource
 * {@code schema/model/<name>.json}.
 *
 * @param <M> what a trained model of this family can do: {@link Sampler} or {@link Classifier}
 */
public interface ModelFamily<M extends AutoCloseable> {
  /** The registered name, such as {@code vae}. */
  String name();

  /** A sentence for {@code graft models list}. */
  String description();

  /** What {@link #open} gives: {@code Sampler.class} or {@code Classifier.class}. */
  Class<M> modelType();

  /** Names that {@code augment.controls} may hold for this family's samplers. */
  default Set<String> controls() {
    return Set.of();
  }

  /** Those whose value is a text, or a list of them, and not a number. */
  default Set<String> textControls() {
    return Set.of();
  }

  /**
   * What the models of a definition can make samples from; with any, {@link #open} gives a {@link
   * DerivingSampler}.
   */
  default Set<GenerationMode.Kind> modes(ModelDefinition definition) {
    return Set.of();
  }

  /** Whether the models can make samples in one of their modes only. */
  default boolean needsMode() {
    return false;
  }

  /** Whether {@link #open} gives a {@link ScriptedSampler}. */
  default boolean scripted() {
    return false;
  }

  /** Whether a stored model of this family can be trained further, see {@link TrainingRun#base}. */
  default boolean fineTunes() {
    return false;
  }

  /**
   * Figures on tune rows that trainings can be compared by, the family's own first; none where
   * models of this family are not tuned. {@link #fit} then pauses, see {@link
   * TrainingRun#pausingAt}.
   */
  default List<TuneFigure> tuneFigures() {
    return List.of();
  }

  /**
   * Refuses, before anything is trained, a definition that does not suit data of this schema.
   *
   * @param schema of the data; without classes as long as nobody has read them
   * @throws dev.graft.data.GraftException (exit 2) with the reason
   */
  default void check(ModelDefinition definition, DatasetSchema schema) {}

  /**
   * Trains. The result depends on nothing but the definition, the data, and the seed; a run that is
   * continued from a checkpoint gives the same weights to the bit.
   */
  FittedModel fit(TrainingRun run) throws IOException;

  /** Opens a trained model for inference; the caller closes it. */
  M open(StoredModel model) throws IOException;

  /**
   * Opens a model of a store.
   *
   * @param answers folder beside the store where models that ask a service keep what it answers
   */
  default M open(StoredModel model, String answers) throws IOException {
    return open(model);
  }
}
