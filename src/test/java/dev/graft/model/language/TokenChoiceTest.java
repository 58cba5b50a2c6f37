package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.model.Sampler.Controls;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Logits whose probabilities are 0.1, 0.2, 0.3 and 0.4. */
class TokenChoiceTest {
  private static final int DRAWS = 1_000;

  private static double[] shares(Map<String, Double> controls, int... drawn) {
    TokenChoice choice = TokenChoice.of(new Controls(controls), 10);
    double[] shares = new double[4];
    for (int i = 0; i < DRAWS; i++) {
      double[] logits = {Math.log(1), Math.log(2), Math.log(3), Math.log(4)};
      shares[choice.choose(logits, drawn, drawn.length, (i + 0.5) / DRAWS)] += 1.0 / DRAWS;
    }
    return Arrays.stream(shares).map(share -> Math.round(share * 100) / 100.0).toArray();
  }

  @Test
  void drawsByProbability() {
    assertThat(shares(Map.of())).containsExactly(0.1, 0.2, 0.3, 0.4);
  }

  @Test
  void temperatureSharpens() {
    // 1, 4, 9 and 16 thirtieths.
    assertThat(shares(Map.of("temperature", 0.5))).containsExactly(0.03, 0.13, 0.3, 0.53);
  }

  @Test
  void topKAndTopPLeaveTheLikeliest() {
    assertThat(shares(Map.of("top-k", 2.0))).containsExactly(0, 0, 0.43, 0.57);
    assertThat(shares(Map.of("top-p", 0.5))).containsExactly(0, 0, 0.43, 0.57);
    assertThat(shares(Map.of("top-p", 0.39))).containsExactly(0, 0, 0, 1);
    assertThat(shares(Map.of("top-p", 0.8, "top-k", 3.0))).containsExactly(0, 0.22, 0.33, 0.44);
  }

  @Test
  void repeatedTokensAreLessLikely() {
    // ln 4 / 2 = ln 2.
    assertThat(shares(Map.of("repetition-penalty", 2.0), 3, 3))
        .containsExactly(0.13, 0.25, 0.38, 0.25);
  }
}
