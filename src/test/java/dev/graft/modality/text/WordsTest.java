package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['\u2019][\\p{L}\\p{M}\\p{N}]+)*|[^\\s\\p{Z}]");

  @Test
  void apostrophesAreInsideAndSignsAlone() {
    assertThat(Words.of("Don't wake 'em at 7.30!"))
        .containsExactly("Don't", "wake", "'", "em", "at", "7", ".", "30", "!");
    assertThat(Words.of(" \t")).isEmpty();
  }

  @Test
  void agreesWithItsPattern() {
    String alphabet =
        "ab'\u2019\u0301\u00E9\u00A0\u2028\u0085\u001C \t\n"
            + "\u000B.1\u0661\u2167\uD83D\uDE00\uD801\uDC00\u4E2D";
    int[] points = alphabet.codePoints().toArray();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      CounterRandom random = CounterRandom.of(i);
      for (int j = 0; j < 12; j++) {
        text.appendCodePoint(points[random.below(j, points.length)]);
      }
      List<String> expected = WORD.matcher(text).results().map(MatchResult::group).toList();
      assertThat(Words.of(text.toString())).isEqualTo(expected);
    }
  }
}
