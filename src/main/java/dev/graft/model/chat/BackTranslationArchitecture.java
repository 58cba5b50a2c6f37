package dev.graft.model.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import java.util.List;
import java.util.Set;

/**
 * The {@code architecture} section of {@code back-translation}.
 *
 * @param service that translates
 * @param back that translates back; null for the same
 * @param language of the texts, as the prompts name it
 * @param pivots languages to go by; each sample goes by one of them
 * @param there prompt to the pivot, with the places {@code {text}}, {@code {language}}, {@code
 *     {pivot}} and {@code {class}}
 * @param home prompt from there
 * @param answer what an answer must be
 */
record BackTranslationArchitecture(
    ChatService service,
    ChatService back,
    String language,
    List<String> pivots,
    Prompt there,
    Prompt home,
    AnswerForm.Declared answer) {
  static final String TEXT = "text";
  static final String LANGUAGE = "language";
  static final String PIVOT = "pivot";
  static final String CLASS = "class";

  private static final Set<String> PLACES = Set.of(TEXT, LANGUAGE, PIVOT, CLASS);

  static BackTranslationArchitecture of(JsonNode node) {
    return Json.mapper().convertValue(node, BackTranslationArchitecture.class);
  }

  ChatService wayHome() {
    return back == null ? service : back;
  }

  /**
   * @throws GraftException (exit 2) when it does not fit itself
   */
  void check() {
    service.address();
    wayHome().address();
    AnswerForm.of(answer);
    there.check("architecture.there", PLACES, Set.of(TEXT, PIVOT));
    home.check("architecture.home", PLACES, Set.of(TEXT, LANGUAGE));
  }
}
