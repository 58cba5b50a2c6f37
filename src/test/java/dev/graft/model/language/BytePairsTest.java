package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BytePairsTest {
  private static final List<String> TEXTS =
      List.of("low low low low low", "lower lower", "newest newest newest", "widest widest");

  @Test
  void joinsTheMostFrequentPairsFirst() {
    BytePairs pairs = BytePairLearner.learn(TEXTS, 261);
    assertThat(pairs.size()).isEqualTo(261);
    // " l", "lo" and "ow" occur 5, 7 and 7 times; of the last two "lo" has the lower tokens.
    assertThat(new String(pairs.bytes(256), StandardCharsets.UTF_8)).isEqualTo("lo");
    assertThat(new String(pairs.bytes(257), StandardCharsets.UTF_8)).isEqualTo("low");
    assertThat(pairs.encode("low")).containsExactly(257);
  }

  @Test
  void everyTextComesBack() {
    BytePairs pairs = BytePairLearner.learn(TEXTS, 300);
    for (String text :
        List.of(
            "lower than the newest",
            "it's 42 % \u00e9t\u00e9\n\tnext",
            "\u05e9\u05dc\u05d5\u05dd \ud83d\udc69\u200d\ud83d\udcbb e\u0301  two spaces ")) {
      int[] tokens = pairs.encode(text);
      assertThat(pairs.decode(tokens, tokens.length)).isEqualTo(text);
    }
  }

  @Test
  void theOrderOfTextsDoesNotMatter() {
    List<String> reversed = new ArrayList<>(TEXTS);
    Collections.reverse(reversed);
    assertThat(BytePairLearner.learn(reversed, 300).merges())
        .isEqualTo(BytePairLearner.learn(TEXTS, 300).merges());
  }

  @Test
  void endsWhereNoPairOccursTwice() {
    BytePairs pairs = BytePairLearner.learn(List.of("abc"), 1_000);
    assertThat(pairs.size()).isEqualTo(257);
    assertThat(pairs.end()).isEqualTo(256);
  }

  @Test
  void theFileIsThatOfHuggingFaceAndComesBack() {
    BytePairs pairs = BytePairLearner.learn(TEXTS, 280);
    byte[] file = TokenizerFile.write(pairs);
    JsonNode tree = Json.read(file, JsonNode.class);
    assertThat(tree.at("/model/type").asText()).isEqualTo("BPE");
    assertThat(tree.at("/model/vocab/lo").asInt()).isEqualTo(256);
    assertThat(tree.at("/model/vocab/\u0120").asInt()).isEqualTo(' ');
    assertThat(tree.at("/model/merges/0").asText()).isEqualTo("l o");
    assertThat(tree.at("/added_tokens/0/id").asInt()).isEqualTo(pairs.end());
    assertThat(((BytePairs) TokenizerFile.read(file)).merges()).isEqualTo(pairs.merges());
  }

  @Test
  void refusesATokenizerOfAnotherKind() {
    assertThatThrownBy(() -> TokenizerFile.read("{\"model\":{\"type\":\"WordPiece\"}}".getBytes()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("WordPiece")
        .hasMessageContaining("allowed: BPE, WordLevel");
  }
}
