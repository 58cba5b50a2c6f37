package dev.graft.model.classical;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.modality.text.EasyDataAugmentation.Operation;
import java.util.List;

/**
 * The {@code architecture} section of a definition.
 *
 * @param alpha share of the words that is changed
 * @param operations of which each text meets one, all equally likely
 */
record TextClassicalArchitecture(double alpha, List<Operation> operations) {
  static TextClassicalArchitecture of(JsonNode node) {
    return Json.mapper().convertValue(node, TextClassicalArchitecture.class);
  }
}
