package dev.graft.model.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import java.nio.charset.StandardCharsets;

/** {@link Tokens} as the file {@code tokenizer.json} of Hugging Face's {@code tokenizers}. */
final class TokenizerFile {
  /** The token that ends a text. */
  static final String END = "<|endoftext|>";

  private TokenizerFile() {}

  static byte[] write(Tokens tokens) {
    ObjectNode file = Json.mapper().createObjectNode();
    file.put("version", "1.0");
    file.putNull("truncation");
    file.putNull("padding");
    ArrayNode added = file.putArray("added_tokens");
    ObjectNode end = added.addObject();
    end.put("id", tokens.end()).put("content", END).put("single_word", false);
    end.put("lstrip", false).put("rstrip", false).put("normalized", false).put("special", true);
    file.putObject("normalizer").put("type", "NFC");
    if (tokens instanceof ListedTokens listed) {
      ListedTokensFile.write(listed, file);
    } else {
      BytePairsFile.write((BytePairs) tokens, file);
    }
    return file.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads {@link #write}'s bytes.
   *
   * @throws GraftException (exit 3) when they are of another kind of tokenizer
   */
  static Tokens read(byte[] content) {
    JsonNode file = Json.read(content, JsonNode.class);
    String type = file.path("model").path("type").asText();
    return switch (type) {
      case BytePairsFile.TYPE -> BytePairsFile.read(file);
      case ListedTokensFile.TYPE -> ListedTokensFile.read(file);
      default ->
          throw GraftException.input(
              "the tokenizer is of type \"%s\"; allowed: %s, %s",
              type, BytePairsFile.TYPE, ListedTokensFile.TYPE);
    };
  }
}
