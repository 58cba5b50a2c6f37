package dev.graft.model.wgan;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;

/**
 * What the {@code training} section has beside {@link
 * dev.graft.model.adversarial.AdversarialTraining}.
 *
 * @param penalty weight lambda of the gradient penalty
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record WganTraining(double penalty) {
  static WganTraining of(JsonNode training) {
    return Json.mapper().convertValue(training, WganTraining.class);
  }
}
