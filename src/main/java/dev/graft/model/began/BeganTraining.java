package dev.graft.model.began;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.graft.data.json.Json;
import dev.graft.model.ModelDefinition;

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
}
