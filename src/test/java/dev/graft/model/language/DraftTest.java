package dev.graft.model.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.CounterRandom;
import dev.graft.modality.text.TextDemands;
import dev.graft.modality.text.TextSpans;
import dev.graft.model.Sampler.Controls;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts whose model wants one text alone, and whose keywords come between. */
class DraftTest {
  private static final List<String> KINDS = List.of("city");
  private static final String SLOT = "to \u0002a b c d e f\u0001 by car";
  private static final double SURE = 100;

  private static final Tokens CHARACTERS =
      TokenLevel.CHARACTERS.learn(List.of(SLOT + " now", SLOT + " now"), 300);

  private static String draw(String wanted, String beginning, String keyword, int most, long seed) {
    TextDemands demands = TextDemands.of(Map.of(), Map.of("keywords", List.of(keyword)));
    Draft draft =
        new Draft(
            CHARACTERS,
            TokenChoice.of(Controls.NONE, most),
            Wording.of(demands, CHARACTERS, most, 1000),
            CHARACTERS.encode(beginning),
            CounterRandom.of(seed));
    int[] script = CHARACTERS.encode(wanted);
    int said = 0;
    for (int i = 0; i < most && !draft.ended(); i++) {
      double[] logits = new double[CHARACTERS.size()];
      int next = said < script.length ? script[said] : CHARACTERS.end();
      logits[CHARACTERS.encode(" ")[0]] = SURE; // where the next one may not come
      logits[next] = 2 * SURE;
      said += draft.next(logits) == next && i >= beginning.length() ? 1 : 0;
    }
    return draft.text();
  }

  @Test
  void keywordsComeBeforeOrBehindASpan() {
    for (int seed = 0; seed < 40; seed++) {
      String text = draw(SLOT, "", "now", 60, seed);
      assertThat(TextSpans.sound(text, KINDS)).as(text).isTrue();
      assertThat(text).contains("\u0002a b c d e f\u0001").containsOnlyOnce("now");
    }
  }

  @Test
  void aSpanIsDrawnToItsEndThoughRoomIsShort() {
    int most = "to \u0002a b c d e f\u0001 n".length();
    List<String> texts =
        IntStream.range(0, 40).mapToObj(seed -> draw(SLOT, "", "now", most, seed)).toList();
    assertThat(texts)
        .filteredOn(text -> !text.contains("now"))
        .isNotEmpty()
        .allSatisfy(text -> assertThat(text).startsWith("to \u0002a b c d e f\u0001"));
  }

  @Test
  void keywordsAreLookedForWithoutMarks() {
    String text = draw(" by car", "to no\u0002w\u0001", "now", 60, 1);
    assertThat(TextSpans.plain(text)).isEqualTo("to now by car");
  }

  @Test
  void noSpanBeginsWithinTheWordOfAKeyword() {
    String text = draw("\u0002a\u0001", "to now", "now", 60, 1);
    assertThat(text).doesNotContain("now\u0002");
  }
}
