package dev.graft.model;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.modality.ClassicalAugmenter;

/**
 * Everything one training may look at.
 *
 * @param task name for progress and logs, such as {@code train generator}
 * @param definition what to train
 * @param schema of the data
 * @param train rows to learn from
 * @param tune rows to choose by: best checkpoint, early stop
 * @param seed of initial weights, batch order and noise
 * @param checkpoints where to continue from and save to
 * @param augmenter redrawn for every row of every batch by families that take one; null for none
 * @param base whose weights training starts from, by families that {@link ModelFamily#fineTunes};
 *     null: from random ones
 * @param until step at which {@link ModelFamily#fit} pauses; 0 for never
 */
public record TrainingRun(
    String task,
    ModelDefinition definition,
    DatasetSchema schema,
    LabelledRows train,
    LabelledRows tune,
    long seed,
    Checkpoints checkpoints,
    ClassicalAugmenter augmenter,
    StoredModel base,
    long until) {

  /** From random weights. */
  public TrainingRun(
      String task,
      ModelDefinition definition,
      DatasetSchema schema,
      LabelledRows train,
      LabelledRows tune,
      long seed,
      Checkpoints checkpoints,
      ClassicalAugmenter augmenter) {
    this(task, definition, schema, train, tune, seed, checkpoints, augmenter, null, 0);
  }

  /** The same by another definition. */
  public TrainingRun with(ModelDefinition other) {
    return new TrainingRun(
        task, other, schema, train, tune, seed, checkpoints, augmenter, base, until);
  }

  /** The same from the weights of a stored model. */
  public TrainingRun from(StoredModel model) {
    return new TrainingRun(
        task, definition, schema, train, tune, seed, checkpoints, augmenter, model, until);
  }

  /**
   * The same that saves a checkpoint at a step, or at its end, and throws {@link TrainingPaused}; a
   * later run goes on from there and ends with the same bits as one that never paused.
   */
  public TrainingRun pausingAt(long step) {
    return new TrainingRun(
        task, definition, schema, train, tune, seed, checkpoints, augmenter, base, step);
  }
}
