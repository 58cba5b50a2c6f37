package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import java.util.ArrayList;
import java.util.List;

/** Reads what EVALUATE made of the spec's gates. */
final class GateCheck {
  private GateCheck() {}

  /**
   * The messages of the gates that did not pass.
   *
   * @param metrics content of {@code metrics.json}
   * @param expected gates of the spec
   * @throws GraftException (exit 3) when a gate was not evaluated
   */
  static List<String> failures(JsonNode metrics, int expected) {
    JsonNode gates = metrics.path("gates");
    if (gates.size() != expected) {
      throw GraftException.input(
          "metrics.json has results of %d gates and the spec asks for %d; run `graft evaluate` again",
          gates.size(), expected);
    }
    List<String> failures = new ArrayList<>();
    for (JsonNode gate : gates) {
      if (!gate.path("passed").asBoolean(false)) {
        failures.add(gate.path("message").asText(gate.toString()));
      }
    }
    return failures;
  }
}
