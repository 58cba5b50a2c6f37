package dev.graft.model.vae;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;

/**
 * What the {@code training} section of a VAE has beside {@link
 * dev.graft.model.nn.TrainingSettings}.
 *
 * @param batch rows of one update
 * @param likelihood of the pixels, see {@link Likelihood}
 * @param beta weight of the KL term (Higgins et al. 2017)
 * @param betaWarmUp steps over which the weight rises from 0
 * @param freeBits nats per latent dimension that the KL term does not count (Kingma et al. 2016)
 * @param evalRows tune rows of an evaluation, at most
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record VaeTraining(
    int batch, String likelihood, double beta, long betaWarmUp, double freeBits, int evalRows) {

  static VaeTraining of(JsonNode training) {
    return Json.mapper().convertValue(training, VaeTraining.class);
  }

  double betaAt(long step) {
    return step + 1 < betaWarmUp ? beta * (step + 1) / betaWarmUp : beta;
  }
}
