package dev.graft.model.classical;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.model.encoder.EncoderChoice;

/**
 * The {@code architecture} section of a definition.
 *
 * @param encoder says which words are near each other
 * @param near words that may stand for a word, at most
 * @param closeness least cosine of their embeddings
 * @param share of the words with near ones that is changed
 * @param temperature of the choice among near words: the lower, the nearer they are
 * @param splice share of the texts that go on as another one
 * @param across share of those whose other text is of any class
 */
record NearWordsArchitecture(
    EncoderChoice encoder,
    int near,
    double closeness,
    double share,
    double temperature,
    double splice,
    double across) {
  static NearWordsArchitecture of(JsonNode node) {
    return Json.mapper().convertValue(node, NearWordsArchitecture.class);
  }
}
