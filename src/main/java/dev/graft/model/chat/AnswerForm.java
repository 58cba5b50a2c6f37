package dev.graft.model.chat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.modality.text.CanonicalText;
import dev.graft.modality.text.TextParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The JSON that an answer must be, and where its texts stand. Thread-safe. */
final class AnswerForm {
  private static final String FENCE = "```";

  private final JsonNode tree;
  private final JsonSchema schema;
  private final JsonPointer texts;
  private final List<String> parts;

  /**
   * The {@code answer} of a definition.
   *
   * @param schema a JSON Schema (2020-12) that refers to nothing outside of itself
   * @param texts JSON Pointer to the list of texts
   */
  record Declared(JsonNode schema, String texts) {}

  /**
   * What an answer holds.
   *
   * @param texts as many as there are; those of several parts joined
   * @param problem why it cannot be used as it is; empty when it can
   */
  record Content(List<String> texts, String problem) {
    Content {
      texts = List.copyOf(texts);
    }
  }

  private AnswerForm(JsonNode tree, JsonSchema schema, JsonPointer texts, List<String> parts) {
    this.tree = tree;
    this.schema = schema;
    this.texts = texts;
    this.parts = parts;
  }

  /** Of texts that are one string. */
  static AnswerForm of(Declared declared) {
    return of(declared, List.of());
  }

  /**
   * @param parts names of the parts of a text: it is then an object with a string for each. Where
   *     the schema says that the texts are strings, it is taken to mean such objects; empty for
   *     texts that are strings
   * @throws GraftException (exit 2) when the schema is none, or the pointer
   */
  static AnswerForm of(Declared declared, List<String> parts) {
    for (JsonNode reference : declared.schema().findValues("$ref")) {
      if (!reference.asText().startsWith("#")) {
        throw GraftException.usage(
            "architecture.answer.schema refers to \"%s\"; allowed: references within it (#/...)",
            reference.asText());
      }
    }
    try {
      JsonPointer texts = JsonPointer.compile(declared.texts());
      JsonNode tree =
          parts.isEmpty() ? declared.schema() : ofParts(declared.schema(), texts, parts);
      return new AnswerForm(
          tree, JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(tree), texts, parts);
    } catch (JsonSchemaException e) {
      throw GraftException.usage(
          "architecture.answer.schema is no JSON Schema: %s", e.getMessage());
    } catch (IllegalArgumentException e) {
      throw GraftException.usage(
          "architecture.answer.texts is \"%s\"; allowed: a JSON Pointer to a list, such as /texts",
          declared.texts());
    }
  }

  private static JsonNode ofParts(JsonNode schema, JsonPointer texts, List<String> parts) {
    JsonNode tree = schema.deepCopy();
    JsonNode list = tree;
    for (JsonPointer at = texts; !at.matches(); at = at.tail()) {
      list = list.path("properties").path(at.getMatchingProperty());
    }
    if (list.path("items").path("type").asText().equals("string")) {
      ObjectNode one = ((ObjectNode) list).putObject("items").put("type", "object");
      one.put("additionalProperties", false);
      parts.forEach(one.putArray("required")::add);
      ObjectNode properties = one.putObject("properties");
      parts.forEach(part -> properties.putObject(part).put("type", "string"));
    }
    return tree;
  }

  JsonNode schema() {
    return tree;
  }

  /**
   * Reads an answer, without the fence that many models put around JSON.
   *
   * @param wanted texts that were asked for
   */
  Content read(String answer, int wanted) {
    JsonNode said;
    try {
      said = Json.mapper().readTree(withoutFence(answer));
    } catch (JsonProcessingException e) {
      return new Content(List.of(), "no-json");
    }
    if (said == null || said.isMissingNode() || !schema.validate(said).isEmpty()) {
      return new Content(List.of(), "schema");
    }
    JsonNode list = said.at(texts);
    List<String> found = new ArrayList<>();
    for (JsonNode text : list) {
      Optional<String> whole = parts.isEmpty() ? string(text) : joined(text);
      if (whole.isEmpty()) {
        return new Content(List.of(), "schema");
      }
      found.add(whole.get());
    }
    return list.isArray()
        ? new Content(found, found.size() < wanted ? "too-few" : "")
        : new Content(List.of(), "schema");
  }

  private static Optional<String> string(JsonNode text) {
    return Optional.ofNullable(text.textValue());
  }

  private Optional<String> joined(JsonNode text) {
    List<String> found = new ArrayList<>();
    for (String part : parts) {
      if (!text.path(part).isTextual()) {
        return Optional.empty();
      }
      found.add(CanonicalText.collapsed(text.path(part).textValue()));
    }
    return Optional.of(TextParts.joined(found));
  }

  private static String withoutFence(String answer) {
    String text = answer.strip();
    int line = text.indexOf('\n');
    return text.startsWith(FENCE) && line > 0 && text.endsWith(FENCE)
        ? text.substring(line, text.length() - FENCE.length())
        : text;
  }
}
