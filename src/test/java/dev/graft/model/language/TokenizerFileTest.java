package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that Hugging Face's {@code tokenizers} has read, and what it has made of them
 * (src/test/python/golden_texts.py).
 */
class TokenizerFileTest {
  private static byte[] resource(String name) throws IOException {
    try (InputStream in = TokenizerFileTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BYTE_PAIRS, tokenizer.json",
    "WORDS, words.json",
    "CHARACTERS, characters.json",
  })
  void learningGivesTheFile(TokenLevel level, String file) throws IOException {
    List<String> texts = new String(resource("texts.txt"), StandardCharsets.UTF_8).lines().toList();
    assertThat(TokenizerFile.write(level.learn(texts, 300))).isEqualTo(resource(file));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tokenizer.json", "words.json", "characters.json"})
  void textsHaveTheTokensThatHuggingFaceGivesThem(String file) throws IOException {
    Tokens tokens = TokenizerFile.read(resource(file));
    JsonNode encodings =
        Json.read(resource("golden.json"), JsonNode.class).get("encodings").get(file);
    assertThat(encodings.size()).isEqualTo(4);
    for (Map.Entry<String, JsonNode> golden : encodings.properties()) {
      assertThat(tokens.encode(golden.getKey()))
          .as(golden.getKey())
          .isEqualTo(Json.mapper().convertValue(golden.getValue(), int[].class));
    }
  }

  @Test
  void filesOfOtherTokenizersAreRefused() throws IOException {
    String words = new String(resource("words.json"), StandardCharsets.UTF_8);
    assertThatThrownBy(() -> read(words.replace("WordLevel", "Unigram")))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("of type \"Unigram\"; allowed: BPE, WordLevel");
    assertThatThrownBy(() -> read(words.replace("|\\\\s+", "")))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("splits texts by");
    assertThatThrownBy(() -> read(words.replace("\"<|unknown|>\":0,", "")))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("<|unknown|> first");
  }

  private static Tokens read(String content) {
    return TokenizerFile.read(content.getBytes(StandardCharsets.UTF_8));
  }
}
