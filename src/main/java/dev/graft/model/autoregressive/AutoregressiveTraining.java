package dev.graft.model.autoregressive;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.nn.TrainingSettings;

/**
 * What the {@code training} section has beside {@link TrainingSettings}.
 *
 * @param batch rows of one update
 * @param tokenizerSteps of all steps, those that train the tokenizer; the others train the prior
 * @param evalRows tune rows of an evaluation, at most
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record AutoregressiveTraining(int batch, long tokenizerSteps, int evalRows) {

  static AutoregressiveTraining of(JsonNode training) {
    return Json.mapper().convertValue(training, AutoregressiveTraining.class);
  }

  void check(TrainingSettings settings) {
    if (tokenizerSteps >= settings.steps() || tokenizerSteps % settings.evalEvery() != 0) {
      throw GraftException.usage(
          "training.tokenizer-steps is %d; allowed: multiples of training.eval-every (%d) below"
              + " training.steps (%d)",
          tokenizerSteps, settings.evalEvery(), settings.steps());
    }
  }
}
