package dev.graft.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Fixed;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.spec.SelectRule.TunePercentile;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SelectionRulesTest {
  @Test
  void firstFailingRuleInSpecOrderIsTheReason() {
    SelectionRules rules =
        rules(rule("realism", Kind.MIN, 0.5), rule("label-agreement", Kind.MIN, 0.6));
    byte[] verdicts =
        rules.judge(
            4,
            Map.of(
                "realism", new float[] {0.5f, 0.4f, 0.4f, 0.7f},
                "label-agreement", new float[] {0.6f, 0.1f, 0.9f, 0.59f}),
            rules.bounds(Map.of()));
    assertThat(verdicts).containsExactly(0, 1, 1, 2);
    assertThat(rules.reason(1)).isEqualTo("realism:min");
    assertThat(rules.reason(rules.surplus())).isEqualTo("surplus");
  }

  @Test
  void boundItselfPassesWhateverTheFloatMakesOfIt() {
    SelectionRules rules = rules(rule("novelty", Kind.MAX, 0.6), rule("novelty", Kind.MIN, 0.6));
    Map<String, float[]> scores = Map.of("novelty", new float[] {0.6f, 0.60001f, 0.59999f});
    assertThat(rules.judge(3, scores, rules.bounds(Map.of()))).containsExactly(0, 1, 2);
  }

  @Test
  void percentilesAreOfRealTuneRowsByNearestRank() {
    float[] tune = new float[200];
    for (int i = 0; i < 200; i++) {
      tune[i] = 200 - i;
    }
    SelectionRules rules =
        rules(
            new SelectRule("realism", Kind.MIN, new TunePercentile(5), 1),
            new SelectRule("realism", Kind.MIN, new TunePercentile(0), 1),
            new SelectRule("realism", Kind.MAX, new TunePercentile(100), 1));
    assertThat(rules.bounds(Map.of("realism", tune))).containsExactly(10, 1, 200);
  }

  @Test
  void refusesRulesThatCannotWork() {
    assertRefused("has no value per row", rule("near-duplicate", Kind.MIN, 1));
    assertRefused("marks nothing to drop", rule("realism", Kind.DROP, 1));
    assertRefused("unknown scorer", rule("realsm", Kind.MIN, 1));
    assertRefused("takes a number", new SelectRule("realism", Kind.TOP, new TunePercentile(5), 3));
    assertRefused(
        "2 near-duplicate rules",
        rule("near-duplicate", Kind.DROP, 1),
        rule("near-duplicate", Kind.DROP, 2));
  }

  @Test
  void duplicateOfALaterRuleDoesNotHideAnEarlierReason() {
    SelectionRules rules =
        rules(
            rule("realism", Kind.MIN, 0.5),
            rule("near-duplicate", Kind.DROP, 4),
            rule("novelty", Kind.MIN, 0.5));
    JudgedRows range =
        new JudgedRows(
            0,
            0,
            0,
            4,
            new int[] {0, 1, 2, 3},
            new long[8],
            new byte[] {1, 3, 0, 0},
            new float[0][]);
    DuplicateMarks marks =
        new DuplicateMarks(
            new long[] {OrderKey.of(0, 0, 0), OrderKey.of(0, 1, 0), OrderKey.of(0, 2, 0)},
            new long[] {OrderKey.of(0, 2, 0)},
            new long[0]);
    ClassSelection.Decided decided =
        new ClassSelection(rules).decide(List.of(marks, range, marks), 5);
    assertThat(decided.rows().get(0).verdicts()).containsExactly(1, 2, 2, 0);
    assertThat(decided.collapsed()).isEqualTo(1);
    assertThat(decided.counts()).containsExactly(1, 1, 2, 0, 0, 0);
  }

  @Test
  void rowNearAPublishedOneHasAReasonOfItsOwnAndCompetesForNothing() {
    SelectionRules rules =
        rules(
            rule("realism", Kind.MIN, 0.5),
            rule("near-duplicate", Kind.PUBLISHED, 4),
            rule("near-duplicate", Kind.DROP, 4),
            rule("realism", Kind.TOP, 1),
            rule("novelty", Kind.MIN, 0.5));
    assertThat(rules.reasons())
        .containsExactly(
            "realism:min",
            "near-duplicate:published",
            "near-duplicate:drop",
            "realism:top",
            "novelty:min",
            "surplus");
    assertThat(rules.scorers()).containsExactly("novelty", "realism");
    JudgedRows range =
        new JudgedRows(
            0,
            0,
            0,
            5,
            new int[] {0, 1, 2, 3, 4},
            new long[10],
            new byte[] {1, 5, 0, 0, 0},
            new float[][] {{0, 9, 9, 8, 7}});
    long[] orders = new long[5];
    Arrays.setAll(orders, row -> OrderKey.of(0, row, 0));
    DuplicateMarks marks =
        new DuplicateMarks(
            new long[] {orders[2], orders[3]},
            new long[0],
            new long[] {orders[0], orders[1], orders[2]});
    ClassSelection.Decided decided = new ClassSelection(rules).decide(List.of(range, marks), 5);
    assertThat(decided.rows().get(0).verdicts()).containsExactly(1, 2, 2, 3, 0);
  }

  @Test
  void topRanksWhatTheRulesBeforeItLeftAndBreaksTiesByIndex() {
    SelectionRules rules =
        rules(
            rule("label-agreement", Kind.MIN, 0.5),
            rule("realism", Kind.TOP, 2),
            rule("novelty", Kind.MIN, 0.5));
    JudgedRows second = range(2, new byte[] {0, 0}, new float[] {7, 9});
    JudgedRows first = range(0, new byte[] {1, 3}, new float[] {99, 7});
    ClassSelection.Decided decided = new ClassSelection(rules).decide(List.of(second, first), 10);
    assertThat(decided.rows().get(0).verdicts()).containsExactly(1, 3);
    assertThat(decided.rows().get(1).verdicts()).containsExactly(2, 0);
  }

  private static JudgedRows range(long firstIndex, byte[] verdicts, float[] realism) {
    return new JudgedRows(
        0, 0, firstIndex, 2, new int[] {0, 1}, new long[4], verdicts, new float[][] {realism});
  }

  private static void assertRefused(String message, SelectRule... rules) {
    assertThatThrownBy(() -> rules(rules))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(message)
        .extracting(e -> ((GraftException) e).exitCode())
        .isEqualTo(ExitCode.USAGE);
  }

  private static SelectionRules rules(SelectRule... rules) {
    return new SelectionRules(List.of(rules));
  }

  private static SelectRule rule(String scorer, Kind kind, double value) {
    return new SelectRule(scorer, kind, new Fixed(value), 7);
  }
}
