package dev.graft.model.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.nn.CausalTransformer;

/**
 * The {@code architecture} section of a definition.
 *
 * @param vocabulary most tokens, the end among them
 * @param maxTokens most tokens of a text, the end among them; longer ones are learned from their
 *     beginning
 * @param width of a position's vector
 * @param layers transformer blocks
 * @param heads of attention; they divide the width
 */
record LanguageArchitecture(int vocabulary, int maxTokens, int width, int layers, int heads) {
  static LanguageArchitecture of(JsonNode node) {
    LanguageArchitecture architecture =
        Json.mapper().convertValue(node, LanguageArchitecture.class);
    if (architecture.width % architecture.heads != 0) {
      throw GraftException.usage(
          "architecture.width is %d, which %d heads do not divide",
          architecture.width, architecture.heads);
    }
    return architecture;
  }

  /**
   * @param codes tokens that were learned
   */
  CausalTransformer transformer(int codes, int classes) {
    return new CausalTransformer(
        new CausalTransformer.Size(width, layers, heads), codes, maxTokens, classes);
  }
}
