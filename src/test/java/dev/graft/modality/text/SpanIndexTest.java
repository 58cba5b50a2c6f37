package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpanIndexTest {
  private final SpanIndex index =
      new SpanIndex(List.of("Please wake me up at seven", "what is the weather in rome"));

  @Test
  void copiesAreWhole() {
    assertThat(index.longestShare("please  wake me up at SEVEN")).isEqualTo(1);
    assertThat(index.longestShare("wake me up")).isEqualTo(1);
  }

  @Test
  void aSharedRunCountsByItsLength() {
    // "wake me up at " of "do wake me up at noon"
    assertThat(index.longestShare("do wake me up at noon")).isEqualTo(15.0 / 21);
    // No run goes from one text to the next.
    assertThat(index.longestShare("at seven what is")).isEqualTo(8.0 / 16);
    assertThat(index.longestShare("nothing of it")).isZero();
    assertThat(index.longestShare("")).isZero();
  }

  @Test
  void agreesWithASlowSearch() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      texts.add(text(i));
    }
    SpanIndex many = new SpanIndex(texts.subList(0, 50));
    for (String asked : texts.subList(50, 60)) {
      int longest = 0;
      for (String text : texts.subList(0, 50)) {
        for (int from = 0; from < asked.length(); from++) {
          for (int to = from + longest + 1; to <= asked.length(); to++) {
            longest = text.contains(asked.substring(from, to)) ? to - from : longest;
          }
        }
      }
      assertThat(many.longestShare(asked))
          .isEqualTo(longest < SpanIndex.SHORTEST ? 0 : (double) longest / asked.length());
    }
  }

  private static String text(int seed) {
    StringBuilder text = new StringBuilder();
    CounterRandom random = CounterRandom.of(seed);
    for (int i = 0; i < 60; i++) {
      text.append("ab".charAt(random.below(i, 2)));
    }
    return text.toString();
  }
}
