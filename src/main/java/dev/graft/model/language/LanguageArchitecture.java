package dev.graft.model.language;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;

/**
 * What the {@code architecture} section of every language model has.
 *
 * @param tokens what they are pieces of
 * @param vocabulary most tokens, the end among them
 * @param maxTokens most tokens of a text, the end among them; longer ones are learned from their
 *     beginning
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record LanguageArchitecture(TokenLevel tokens, int vocabulary, int maxTokens) {
  /** Reads a validated section. */
  static LanguageArchitecture of(JsonNode node) {
    return Json.mapper().convertValue(node, LanguageArchitecture.class);
  }
}
