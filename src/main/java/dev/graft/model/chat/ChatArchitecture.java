package dev.graft.model.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import java.util.Set;

/**
 * The {@code architecture} section of {@code text-chat}.
 *
 * @param service that is asked
 * @param prompt of a question, with the places {@code {class}}, {@code {classes}}, {@code
 *     {examples}}, {@code {count}} and {@code {parts}}, the names of the parts of a text
 * @param examples real train texts of the class in a prompt, at most
 * @param texts of one question
 * @param answer what an answer must be
 */
record ChatArchitecture(
    ChatService service, Prompt prompt, int examples, int texts, AnswerForm.Declared answer) {
  static final String CLASS = "class";
  static final String CLASSES = "classes";
  static final String EXAMPLES = "examples";
  static final String COUNT = "count";
  static final String PARTS = "parts";

  private static final Set<String> PLACES = Set.of(CLASS, CLASSES, EXAMPLES, COUNT, PARTS);

  static ChatArchitecture of(JsonNode node) {
    return Json.mapper().convertValue(node, ChatArchitecture.class);
  }

  /**
   * @throws GraftException (exit 2) when it does not fit itself
   */
  void check() {
    service.address();
    AnswerForm.of(answer);
    prompt.check(
        "architecture.prompt", PLACES, examples > 0 ? Set.of(CLASS, EXAMPLES) : Set.of(CLASS));
    if (texts > 1) {
      prompt.check("architecture.prompt, which is for several texts,", PLACES, Set.of(COUNT));
    }
  }
}
