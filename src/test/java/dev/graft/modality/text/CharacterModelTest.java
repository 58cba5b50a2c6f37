package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Beside the formula in fractions (src/test/python/golden_texts.py). */
class CharacterModelTest {
  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        CharacterModelTest.class.getResourceAsStream("/dev/graft/model/language/" + name)) {
      return in.readAllBytes();
    }
  }

  private static List<String> texts() throws IOException {
    return new String(resource("texts.txt"), StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void natsAreThoseOfTheFormula() throws IOException {
    CharacterModel model = new CharacterModel(texts().subList(0, 5));
    JsonNode golden = Json.read(resource("golden.json"), JsonNode.class).get("nats-per-character");
    assertThat(golden.size()).isEqualTo(6);
    for (Map.Entry<String, JsonNode> text : golden.properties()) {
      assertThat(model.natsPerCharacter(text.getKey()))
          .as(text.getKey())
          .isCloseTo(text.getValue().doubleValue(), within(1e-9));
    }
  }

  @Test
  void textsOfAllKindsHaveAProbabilityOfOneTogether() {
    CharacterModel model = new CharacterModel(List.of("aba", "ab", "b", "aa"));
    // Known are a and b; any other character stands for all of them.
    double ended = 0;
    List<String> beginnings = List.of("");
    for (int length = 0; length <= 9; length++) {
      List<String> longer = new ArrayList<>();
      for (String text : beginnings) {
        ended += Math.exp(-model.natsPerCharacter(text) * (text.length() + 1));
        List.of("a", "b", "x").forEach(next -> longer.add(text + next));
      }
      beginnings = longer;
    }
    assertThat(ended).isBetween(0.97, 1.0);
  }

  @Test
  void theOrderOfTextsIsNothing() throws IOException {
    List<String> turned = new ArrayList<>(texts());
    Collections.reverse(turned);
    String asked = "set an alarm in rome";
    assertThat(new CharacterModel(turned).natsPerCharacter(asked))
        .isEqualTo(new CharacterModel(texts()).natsPerCharacter(asked));
  }

  @Test
  void shuffledLettersAreLessFluentThanWords() throws IOException {
    CharacterModel model = new CharacterModel(texts());
    assertThat(model.natsPerCharacter("wake me up on monday"))
        .isLessThan(model.natsPerCharacter("ekaw em pu no yadnom") - 0.5);
    assertThat(new CharacterModel(List.of()).natsPerCharacter("anything"))
        .isCloseTo(Math.log(2), within(1e-12));
    assertThat(model.natsPerCharacter("\uD83D\uDE00 \u05D0".repeat(2000))).isFinite();
  }
}
