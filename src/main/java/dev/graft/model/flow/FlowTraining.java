package dev.graft.model.flow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;

/**
 * What the {@code training} section of a flow has beside {@link
 * dev.graft.model.nn.TrainingSettings}.
 *
 * @param batch rows of one update
 * @param parts in so many parts a batch is worked out at the same time
 * @param classDropout share of the rows whose class is withheld, so that guidance is possible (Ho
 *     &amp; Salimans 2022)
 * @param times how the times of a batch are drawn: {@code uniform}, or {@code logit-normal}, which
 *     has more of them in the middle (Esser et al. 2024)
 * @param evalRows tune rows of an evaluation, at most
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record FlowTraining(int batch, int parts, double classDropout, String times, int evalRows) {

  static FlowTraining of(JsonNode training) {
    return Json.mapper().convertValue(training, FlowTraining.class);
  }

  void check() {
    if (batch % parts != 0) {
      throw GraftException.usage(
          "training.parts is %d, which does not divide training.batch, %d; give every part as many"
              + " rows",
          parts, batch);
    }
  }
}
