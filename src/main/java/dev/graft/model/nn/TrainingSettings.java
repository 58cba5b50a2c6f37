package dev.graft.model.nn;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;

/**
 * What every family's {@code training} section has in common.
 *
 * @param steps updates of the weights
 * @param batch rows of one update
 * @param learningRate largest learning rate of {@link Adam}
 * @param schedule of the rate, see {@link LearningRate}
 * @param warmUp steps until the rate is at its largest
 * @param clip largest global gradient norm, 0 for none
 * @param ema decay of the averaged weights that are evaluated and kept, 0 for none
 * @param evalEvery steps between evaluations on tune rows
 * @param patience evaluations without a better one that end the training, 0 for never
 * @param keep {@code best} of the evaluated weights, or the {@code last}
 * @param checkpointEvery steps between checkpoints
 * @param from step at which this stretch of the training begins; 0 unless it was restarted
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TrainingSettings(
    long steps,
    int batch,
    double learningRate,
    String schedule,
    long warmUp,
    double clip,
    double ema,
    long evalEvery,
    int patience,
    String keep,
    long checkpointEvery,
    long from) {

  /**
   * Reads a validated {@code training} section.
   *
   * @throws GraftException (exit 2) when its values do not go together
   */
  public static TrainingSettings of(JsonNode training) {
    TrainingSettings settings = Json.mapper().convertValue(training, TrainingSettings.class);
    if (settings.keep.equals("last") && settings.patience > 0) {
      throw GraftException.usage(
          "training.keep is last, so training.patience must be 0 (it is %d)", settings.patience);
    }
    return settings;
  }

  /**
   * The same for a part of the training.
   *
   * @param first step of the part
   * @param part steps of it
   */
  public TrainingSettings part(long first, long part) {
    return with(part, Math.min(part, Math.max(0, from - first)));
  }

  /** The same for a stretch that begins at a step, with optimizers that do. */
  TrainingSettings startingAt(long step) {
    return with(steps, step);
  }

  private TrainingSettings with(long allSteps, long first) {
    return new TrainingSettings(
        allSteps,
        batch,
        learningRate,
        schedule,
        warmUp,
        clip,
        ema,
        evalEvery,
        patience,
        keep,
        checkpointEvery,
        first);
  }

  boolean keepsBest() {
    return keep.equals("best");
  }

  public LearningRate rate() {
    return new LearningRate(learningRate, schedule, warmUp, steps, from);
  }
}
