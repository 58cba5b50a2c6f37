package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The file that Hugging Face's {@code tokenizers} has read, and what it has made of it
 * (src/test/python/golden_texts.py).
 */
class TokenizerFileTest {
  private static byte[] resource(String name) throws IOException {
    try (InputStream in = TokenizerFileTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  @Test
  void learningGivesTheFile() throws IOException {
    List<String> texts = new String(resource("texts.txt"), StandardCharsets.UTF_8).lines().toList();
    assertThat(TokenizerFile.write(BytePairLearner.learn(texts, 300)))
        .isEqualTo(resource("tokenizer.json"));
  }

  @Test
  void textsHaveTheTokensThatHuggingFaceGivesThem() throws IOException {
    BytePairs pairs = TokenizerFile.read(resource("tokenizer.json"));
    JsonNode encodings = Json.read(resource("golden.json"), JsonNode.class).get("encodings");
    assertThat(encodings.size()).isEqualTo(4);
    for (Map.Entry<String, JsonNode> golden : encodings.properties()) {
      assertThat(pairs.encode(golden.getKey()))
          .as(golden.getKey())
          .isEqualTo(Json.mapper().convertValue(golden.getValue(), int[].class));
    }
  }
}
