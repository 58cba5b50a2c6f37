package dev.graft.model.chat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a service is asked for some samples.
 *
 * @param samples names them: seed, condition, indices and the step that this is of
 * @param texts that are wanted
 * @param messages of the prompt
 * @param temperature of sampling
 * @param topP of sampling
 * @param random what is drawn for it beside: seeds of requests, waits
 */
record Question(
    String samples,
    int texts,
    List<Prompt.Message> messages,
    double temperature,
    double topP,
    CounterRandom random) {
  private static final int SEEDS = 1 << 30;

  Question {
    messages = List.copyOf(messages);
  }

  /** Equal where the same model is asked the same for the same samples, wherever it is. */
  String key(ChatService service, AnswerForm form) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("model", service.model());
    content.put("samples", samples);
    content.put("texts", texts);
    content.put("messages", messages);
    content.put("temperature", temperature);
    content.put("top-p", topP);
    content.put("max-tokens", service.maxTokens());
    content.put("answer", form.schema());
    return Json.digest(content);
  }

  /**
   * The request's body.
   *
   * @param number of the try, from 0; each has a seed of its own
   */
  String body(ChatService service, AnswerForm form, int number) {
    ObjectNode body = Json.mapper().createObjectNode();
    body.put("model", service.model());
    body.set("messages", Json.tree(messages));
    body.put("temperature", temperature);
    body.put("top_p", topP);
    body.put("max_tokens", service.maxTokens());
    if (service.sendSeed()) {
      body.put("seed", random.below(number, SEEDS));
    }
    switch (service.responseFormat()) {
      case "json-schema" -> body.set("response_format", schema(form));
      case "json-object" -> body.putObject("response_format").put("type", "json_object");
      default -> {}
    }
    return body.toString();
  }

  private static JsonNode schema(AnswerForm form) {
    ObjectNode format = Json.mapper().createObjectNode().put("type", "json_schema");
    format.putObject("json_schema").put("name", "answer").set("schema", form.schema());
    return format;
  }
}
