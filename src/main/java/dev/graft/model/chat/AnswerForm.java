package dev.graft.model.chat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import java.util.ArrayList;
import java.util.List;

/** The JSON that an answer must be, and where its texts stand. Thread-safe. */
final class AnswerForm {
  private static final String FENCE = "```";

  private final JsonNode declared;
  private final JsonSchema schema;
  private final JsonPointer texts;

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
   * @param texts as many as there are
   * @param problem why it cannot be used as it is; empty when it can
   */
  record Content(List<String> texts, String problem) {
    Content {
      texts = List.copyOf(texts);
    }
  }

  private AnswerForm(JsonNode declared, JsonSchema schema, JsonPointer texts) {
    this.declared = declared;
    this.schema = schema;
    this.texts = texts;
  }

  /**
   * @throws GraftException (exit 2) when the schema is none, or the pointer
   */
  static AnswerForm of(Declared declared) {
    for (JsonNode reference : declared.schema().findValues("$ref")) {
      if (!reference.asText().startsWith("#")) {
        throw GraftException.usage(
            "architecture.answer.schema refers to \"%s\"; allowed: references within it (#/...)",
            reference.asText());
      }
    }
    try {
      return new AnswerForm(
          declared.schema(),
          JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(declared.schema()),
          JsonPointer.compile(declared.texts()));
    } catch (JsonSchemaException e) {
      throw GraftException.usage(
          "architecture.answer.schema is no JSON Schema: %s", e.getMessage());
    } catch (IllegalArgumentException e) {
      throw GraftException.usage(
          "architecture.answer.texts is \"%s\"; allowed: a JSON Pointer to a list, such as /texts",
          declared.texts());
    }
  }

  JsonNode schema() {
    return declared;
  }

  /**
   * Reads an answer, without the fence that many models put around JSON.
   *
   * @param wanted texts that were asked for
   */
  Content read(String answer, int wanted) {
    JsonNode tree;
    try {
      tree = Json.mapper().readTree(withoutFence(answer));
    } catch (JsonProcessingException e) {
      return new Content(List.of(), "no-json");
    }
    if (tree == null || tree.isMissingNode() || !schema.validate(tree).isEmpty()) {
      return new Content(List.of(), "schema");
    }
    JsonNode list = tree.at(texts);
    List<String> found = new ArrayList<>();
    for (JsonNode text : list) {
      if (!text.isTextual()) {
        return new Content(List.of(), "schema");
      }
      found.add(text.textValue());
    }
    return list.isArray()
        ? new Content(found, found.size() < wanted ? "too-few" : "")
        : new Content(List.of(), "schema");
  }

  private static String withoutFence(String answer) {
    String text = answer.strip();
    int line = text.indexOf('\n');
    return text.startsWith(FENCE) && line > 0 && text.endsWith(FENCE)
        ? text.substring(line, text.length() - FENCE.length())
        : text;
  }
}
