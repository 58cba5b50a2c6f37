package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.modality.text.TextDemands;
import dev.graft.model.Sampler.Controls;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListedTokensTest {
  private static final List<String> TEXTS =
      List.of("the cat sat", "the cat ran", "a dog sat", "a dog \ud83d\ude00");

  @Test
  void wordsThatOccurOnceAreUnknown() {
    Tokens words = TokenLevel.WORDS.learn(TEXTS, 300);
    int[] tokens = words.encode("the dog ran");
    assertThat(tokens).hasSize(3);
    assertThat(words.drawable(tokens[0])).isTrue();
    assertThat(words.drawable(tokens[2])).isFalse();
    assertThat(words.decode(tokens, 3)).isEqualTo("the dog\uFFFD");
    assertThat(words.size()).isEqualTo(5 + ListedTokens.SPECIAL);
  }

  @Test
  void mostFrequentPiecesAreKept() {
    Tokens words = TokenLevel.WORDS.learn(List.of("b b b", "b c c c c", "b c"), 4);
    assertThat(words.size()).isEqualTo(4);
    assertThat(words.encode(" c b").length).isEqualTo(2);
    assertThat(words.drawable(words.encode(" c")[0])).isTrue();
    assertThat(words.drawable(words.encode("b")[0])).isTrue();
    assertThat(words.drawable(words.encode(" b")[0])).isFalse();
  }

  @Test
  void charactersAreThoseOfUnicode() {
    Tokens characters = TokenLevel.CHARACTERS.learn(TEXTS, 300);
    String text = "a \ud83d\ude00 cat";
    int[] tokens = characters.encode(text);
    assertThat(tokens).hasSize(7);
    assertThat(characters.decode(tokens, 7)).isEqualTo(text);
    assertThat(characters.drawable(characters.encode("z")[0])).isFalse();
  }

  @Test
  void theUnknownIsNeverDrawn() {
    Tokens words = TokenLevel.WORDS.learn(TEXTS, 300);
    TokenChoice choice = TokenChoice.of(Controls.NONE, 6);
    Wording wording = Wording.of(TextDemands.of(Map.of(), Map.of()), words, 6, 100);
    for (int text = 0; text < 50; text++) {
      Draft draft = new Draft(words, choice, wording, new int[0], CounterRandom.of(3, text));
      for (int i = 0; i < 6 && !draft.ended(); i++) {
        double[] logits = new double[words.size()];
        Arrays.fill(logits, 0);
        logits[ListedTokens.UNKNOWN] = 5;
        draft.next(logits);
      }
      assertThat(draft.text()).doesNotContain("\uFFFD").isNotEmpty();
    }
  }

  @Test
  void keywordsThatAreNotLearntAreRefused() {
    Tokens words = TokenLevel.WORDS.learn(TEXTS, 300);
    TextDemands demands = TextDemands.of(Map.of(), Map.of("keywords", List.of("zebra")));
    assertThatThrownBy(() -> Wording.of(demands, words, 6, 100))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("control keywords asks for \"zebra\"")
        .hasMessageContaining("byte-pairs");
  }

  @Test
  void aTextEndsWhereNothingMayComeNext() {
    Tokens words = TokenLevel.WORDS.learn(List.of("yes", "yes"), 300);
    TextDemands demands =
        TextDemands.of(Map.of("min-words", 2.0), Map.of("prefix", List.of("yes")));
    Wording wording = Wording.of(demands, words, 6, 100);
    Draft draft =
        new Draft(
            words, TokenChoice.of(Controls.NONE, 6), wording, new int[0], CounterRandom.of(3));
    for (int i = 0; i < 6 && !draft.ended(); i++) {
      draft.next(new double[words.size()]);
    }
    assertThat(draft.ended()).isTrue();
    assertThat(draft.text()).isEqualTo("yes");
  }

  @Test
  void textsWithoutAWordThatOccursTwiceAreRefused() {
    assertThatThrownBy(() -> TokenLevel.WORDS.learn(List.of("a b", "c"), 300))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("no word occurs twice in the 2 training texts");
  }
}
