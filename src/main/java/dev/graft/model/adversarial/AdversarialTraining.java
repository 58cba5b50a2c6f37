package dev.graft.model.adversarial;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;

/**
 * What the {@code training} section of every adversarial family has beside {@link
 * dev.graft.model.nn.TrainingSettings}.
 *
 * @param batch rows of one update
 * @param criticSteps updates of the critic before each one of the generator
 * @param criticRate the critic's learning rate over the generator's (Heusel et al. 2017)
 * @param beta1 decay of Adam's mean of gradients
 * @param beta2 decay of Adam's mean of squared gradients
 * @param augment whether what the critic sees is changed by {@link DiffAugment}
 * @param evalRows tune rows of an evaluation, at most
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AdversarialTraining(
    int batch,
    int criticSteps,
    double criticRate,
    double beta1,
    double beta2,
    boolean augment,
    int evalRows) {

  /** Reads a validated {@code training} section. */
  public static AdversarialTraining of(JsonNode training) {
    return Json.mapper().convertValue(training, AdversarialTraining.class);
  }
}
