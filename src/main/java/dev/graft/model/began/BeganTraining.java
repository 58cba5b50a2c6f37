package dev.graft.model.began;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.ModelDefinition;
import dev.graft.model.nn.TrainingSettings;

/**
 * What the {@code training} section of a BEGAN has beside the common.
 *
 * @param gamma wanted error of drawn images over that of real ones
 * @param lambda how fast the balance follows
 * @param classWeight weight of the class as read from the code
 * @param autoencoderSteps first steps, in which the autoencoder learns of real images alone
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record BeganTraining(double gamma, double lambda, double classWeight, long autoencoderSteps) {
  /** Reads a validated definition. */
  static BeganTraining of(ModelDefinition definition) {
    return Json.mapper().convertValue(definition.training(), BeganTraining.class);
  }

  /** Refuses a first phase that leaves no second, or that evaluations of both would mix. */
  void check(TrainingSettings settings) {
    if (autoencoderSteps >= settings.steps() || autoencoderSteps % settings.evalEvery() != 0) {
      throw GraftException.usage(
          "training.autoencoder-steps is %d; allowed: 0 and multiples of training.eval-every (%d)"
              + " below training.steps (%d)",
          autoencoderSteps, settings.evalEvery(), settings.steps());
    }
    if (autoencoderSteps > 0 && settings.patience() > 0) {
      throw GraftException.usage(
          "training.patience is %d, which would end a training before the generator's first step;"
              + " allowed with training.autoencoder-steps: 0",
          settings.patience());
    }
  }
}
