package dev.graft.model.gan;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;

/**
 * What the {@code training} section of a GAN has beside {@link
 * dev.graft.model.adversarial.AdversarialTraining}.
 *
 * @param r1 weight gamma of the gradient penalty at real images; 0 for none
 * @param r1Every steps of the critic between penalties
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record GanTraining(double r1, int r1Every) {
  static GanTraining of(JsonNode training) {
    return Json.mapper().convertValue(training, GanTraining.class);
  }
}
