package dev.graft.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.json.Json;

/** The {@code metadata.json} of the Flex Template. */
final class TemplateMetadata {
  private TemplateMetadata() {}

  static String json() {
    ObjectNode metadata =
        Json.mapper()
            .createObjectNode()
            .put("name", "Graft")
            .put(
                "description",
                "One stage of Graft: grows a training set from a real one. Start ingest, train,"
                    + " augment, evaluate and publish one after the other.");
    ArrayNode parameters = metadata.putArray("parameters");
    for (TemplateParameter parameter : TemplateParameter.values()) {
      ObjectNode node =
          parameters
              .addObject()
              .put("name", parameter.key())
              .put("label", parameter.label())
              .put("helpText", parameter.help())
              .put("paramType", parameter.type());
      if (parameter.optional()) {
        node.put("isOptional", true);
      }
      if (!parameter.pattern().isEmpty()) {
        node.putArray("regexes").add("^" + parameter.pattern() + "$");
      }
      if (!parameter.choices().isEmpty()) {
        ArrayNode choices = node.putArray("enumOptions");
        parameter
            .choices()
            .forEach(choice -> choices.addObject().put("value", choice).put("label", choice));
      }
    }
    return Json.pretty(metadata).strip() + "\n";
  }
}
