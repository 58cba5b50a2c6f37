package dev.graft.spec.yaml;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Checks a document against a JSON Schema and says what is wrong in the user's words. A schema's
 * {@code description} beside a {@code pattern} completes the sentence "expected ...".
 */
final class SchemaCheck {
  private final Document document;
  private final SchemaResource schema;
  private final Problems problems;

  private SchemaCheck(Document document, SchemaResource schema, Problems problems) {
    this.document = document;
    this.schema = schema;
    this.problems = problems;
  }

  static void check(Document document, SchemaResource schema, Problems problems) {
    SchemaCheck check = new SchemaCheck(document, schema, problems);
    schema.schema().validate(document.tree()).forEach(check::report);
  }

  private void report(ValidationMessage message) {
    String pointer = message.getInstanceLocation().toString();
    JsonNode holder = schema.holder(message.getSchemaLocation());
    JsonNode rule = holder.path(message.getType());
    JsonNode value = message.getInstanceNode();
    switch (message.getType()) {
      case "additionalProperties", "unevaluatedProperties" ->
          unknownKey(pointer, message.getProperty(), names(holder.path("properties")));
      case "required" ->
          document.problem(
              problems, pointer, "missing key \"%s\"%s", message.getProperty(), in(pointer));
      case "type" -> wrong(pointer, value, "expected " + types(rule) + ", found " + kind(value));
      case "enum" -> notAllowed(pointer, value, rule);
      case "const" -> wrong(pointer, value, "allowed: " + rule.asText());
      case "minimum" -> wrong(pointer, value, "must be at least " + rule.asText());
      case "maximum" -> wrong(pointer, value, "must be at most " + rule.asText());
      case "exclusiveMinimum" -> wrong(pointer, value, "must be greater than " + rule.asText());
      case "exclusiveMaximum" -> wrong(pointer, value, "must be less than " + rule.asText());
      case "multipleOf" -> wrong(pointer, value, "must be a multiple of " + rule.asText());
      case "pattern" ->
          wrong(pointer, value, "expected " + holder.path("description").asText(rule.asText()));
      case "minLength" -> wrong(pointer, value, "must not be empty");
      case "minItems" -> wrong(pointer, value, "must have at least " + items(rule));
      case "maxItems" -> wrong(pointer, value, "must have at most " + items(rule));
      case "uniqueItems" -> wrong(pointer, value, "holds a value twice");
      case "minProperties", "maxProperties" ->
          wrong(
              pointer,
              value,
              "must have exactly one of " + String.join(", ", names(holder.path("properties"))));
      default -> wrong(pointer, value, message.getMessage());
    }
  }

  private void unknownKey(String pointer, String key, List<String> allowed) {
    document.problem(
        problems,
        Positions.child(pointer, key),
        "unknown key \"%s\"%s; allowed: %s%s",
        key,
        in(pointer),
        String.join(", ", allowed),
        Nearest.hint(key, allowed));
  }

  private void notAllowed(String pointer, JsonNode value, JsonNode rule) {
    List<String> allowed =
        StreamSupport.stream(rule.spliterator(), false).map(JsonNode::asText).toList();
    wrong(
        pointer,
        value,
        "allowed: " + String.join(", ", allowed) + Nearest.hint(value.asText(), allowed));
  }

  private void wrong(String pointer, JsonNode value, String what) {
    String name = Positions.dotted(pointer);
    String shown = value == null || value.isContainerNode() ? "" : " is " + shown(value);
    document.problem(
        problems, pointer, "%s%s: %s", name.isEmpty() ? "the file" : name, shown, what);
  }

  private static String in(String pointer) {
    return pointer.isEmpty() ? "" : " in " + Positions.dotted(pointer);
  }

  private static String items(JsonNode count) {
    return count.asText() + (count.asInt() == 1 ? " item" : " items");
  }

  private static String shown(JsonNode value) {
    return value.isTextual() ? "\"" + value.textValue() + "\"" : value.asText();
  }

  private static String types(JsonNode rule) {
    return rule.isArray()
        ? StreamSupport.stream(rule.spliterator(), false)
            .map(type -> word(type.asText()))
            .collect(joining(" or "))
        : word(rule.asText());
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT -> "a mapping";
      case ARRAY -> "a list";
      case STRING -> "text";
      case NUMBER -> value.isIntegralNumber() ? "a whole number" : "a number";
      case BOOLEAN -> "true or false";
      default -> "nothing";
    };
  }

  private static String word(String type) {
    return switch (type) {
      case "object" -> "a mapping (key: value)";
      case "array" -> "a list";
      case "string" -> "text";
      case "integer" -> "a whole number";
      case "number" -> "a number";
      case "boolean" -> "true or false";
      default -> "nothing";
    };
  }

  private static List<String> names(JsonNode properties) {
    List<String> names = new ArrayList<>();
    properties.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
