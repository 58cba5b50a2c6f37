package dev.graft.model.language;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;

/**
 * What the {@code training} section has beside {@link dev.graft.model.nn.TrainingSettings}.
 *
 * @param batch rows of one update
 * @param tokenNoise share of the tokens that are read as another one, drawn anew in each step: what
 *     keeps a model of few texts from learning them by heart
 * @param dropout share of the values that a step drops of what the layers say
 * @param evalRows tune rows of an evaluation, at most
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LanguageTraining(int batch, double tokenNoise, double dropout, int evalRows) {
  static LanguageTraining of(JsonNode training) {
    return Json.mapper().convertValue(training, LanguageTraining.class);
  }
}
