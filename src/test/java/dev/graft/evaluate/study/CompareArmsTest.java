package dev.graft.evaluate.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.evaluate.utility.Arm;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.evaluate.utility.Choice;
import dev.graft.evaluate.utility.Choice.Trial;
import dev.graft.evaluate.utility.Interval;
import dev.graft.spec.EvaluateSpec.Choose;
import dev.graft.spec.MixingRatio;
import dev.graft.spec.StudySpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Paired differences, intervals and recommendations on fixed numbers. */
class CompareArmsTest {
  private static final StudySpec STUDY =
      new StudySpec(
          List.of(50),
          List.of(1.0, 2.0),
          3,
          List.of("real", "classical", "generated", "both"),
          new Choose(List.of(), List.of()));

  private final Map<StudyTask, ArmRun> results = new LinkedHashMap<>();

  private static StudyTask task(String arm, Double ratio, int seed) {
    return new StudyTask(50, seed, arm, ratio, arm + ratio + seed, Map.of());
  }

  /** Accuracies of the seeds 0, 1 and 2. */
  private CompareArmsTest with(String arm, Double ratio, double[] tune, double[] test) {
    return with(arm, ratio, tune, test, 1);
  }

  private CompareArmsTest with(
      String arm, Double ratio, double[] tune, double[] test, double accepted) {
    for (int seed = 0; seed < 3; seed++) {
      Trial chosen = new Trial(100, Arm.of(arm).mixes() ? MixingRatio.EVEN : null, tune[seed]);
      results.put(
          task(arm, ratio, seed),
          new ArmRun(
              arm,
              0,
              ArmRun.TRAINED,
              40,
              ratio == null ? 0 : (int) (40 * ratio * accepted),
              100,
              test[seed],
              List.of(test[seed]),
              new Choice(chosen, List.of(chosen)),
              null));
    }
    return this;
  }

  private static double[] of(double... values) {
    return values;
  }

  private CompareArmsTest usual() {
    return with("real", null, of(.70, .70, .70), of(.70, .71, .72))
        .with("classical", null, of(.78, .80, .82), of(.80, .82, .84))
        .with("generated", 1.0, of(.75, .75, .75), of(.90, .90, .90))
        .with("generated", 2.0, of(.76, .76, .76), of(.78, .78, .78))
        .with("both", 1.0, of(.80, .81, .82), of(.81, .82, .83));
  }

  private SizeFigures figures() {
    return new CompareArms(STUDY).at(50, results);
  }

  @Test
  void differencesArePairedBySeedAndTheirIntervalIsStudents() {
    usual().with("both", 2.0, of(.82, .82, .84), of(.82, .83, .86));
    StudyArm both = figures().curve("both").get(1);
    assertThat(both.runs())
        .extracting(StudyArm.SeedRun::overClassical)
        .containsExactly(.02, .01, .02);
    Interval gain = both.overClassical();
    assertThat(gain.mean()).isCloseTo(.0166667, within(1e-6));
    assertThat(gain.deviation()).isCloseTo(.0057735, within(1e-6));
    // 4.302653 is the 97.5 % quantile of Student's t with 2 degrees of freedom.
    assertThat(gain.low()).isCloseTo(.0166667 - 4.302653 * .0057735 / Math.sqrt(3), within(2e-6));
    assertThat(gain.high()).isCloseTo(.0166667 + 4.302653 * .0057735 / Math.sqrt(3), within(2e-6));
    assertThat(figures().baseline("real").orElseThrow().overReal()).isNull();
    assertThat(figures().baseline("classical").orElseThrow().overReal().values()).isEqualTo(3);
  }

  @Test
  void theArmIsChosenOnTuneThoughAnotherIsBetterOnTest() {
    usual().with("both", 2.0, of(.82, .82, .84), of(.82, .83, .86));
    Verdict verdict = figures().verdict();
    assertThat(verdict.arm()).isEqualTo("both");
    assertThat(verdict.ratio()).isEqualTo(2);
    assertThat(verdict.recommendedRatio()).isEqualTo(2);
    assertThat(verdict.beats()).isTrue();
    assertThat(verdict.words())
        .isEqualTo(
            "both at 2x beats classical by 1.7 points [0.2, 3.1] and beats real by 12.7 points"
                + " [9.8, 15.5].");
  }

  @Test
  void aRatioThatSelectionDidNotReachIsTold() {
    usual().with("both", 2.0, of(.82, .82, .84), of(.82, .83, .86), 0.25);
    assertThat(figures().verdict().words())
        .endsWith("Selection accepted only 0.50 synthetic rows for each real one.");
  }

  @Test
  void anIntervalThatHoldsZeroDoesNotBeat() {
    usual().with("both", 2.0, of(.82, .82, .84), of(.83, .82, .83));
    Verdict verdict = figures().verdict();
    assertThat(verdict.overClassical().mean()).isPositive();
    assertThat(verdict.beats()).isFalse();
    assertThat(verdict.words())
        .startsWith("both at 2x does not beat classical: +0.7 points [-4.5, 5.8]");
  }

  @Test
  void nothingIsRecommendedWhereRealRowsDoBestOnTune() {
    usual().with("both", 2.0, of(.79, .79, .79), of(.9, .9, .9));
    with("both", 1.0, of(.79, .79, .79), of(.81, .82, .83));
    Verdict verdict = figures().verdict();
    assertThat(verdict.best()).isEqualTo("classical");
    assertThat(verdict.recommendedRatio()).isZero();
    assertThat(verdict.arm()).isEqualTo("both");
    assertThat(verdict.ratio()).as("of equals the one with fewer synthetic rows").isEqualTo(1);
    assertThat(verdict.words())
        .endsWith("On tune rows classical does best: no synthetic rows are recommended.");
  }

  @Test
  void everySeedMayChooseForItself() {
    usual().with("both", 2.0, of(.82, .70, .84), of(.82, .83, .86));
    Verdict verdict = figures().verdict();
    // seeds 0 and 2 take 2x, seed 1 takes 1x
    assertThat(verdict.ownChoiceOverClassical()).isEqualTo(Interval.of(.02, 0, .02));
  }

  @Test
  void anArmWithoutAResultForEverySeedIsNotChosen() {
    usual().with("both", 2.0, of(.99, .99, .99), of(.99, .99, .99));
    results.put(
        task("both", 2.0, 1),
        new ArmRun("both", 0, ArmRun.TRAINED, 0, 0, 0, null, List.of(), null, "no rows"));
    SizeFigures figures = figures();
    assertThat(figures.verdict().ratio()).isEqualTo(1);
    assertThat(figures.curve("both").get(1).overClassical().values()).isEqualTo(2);
    assertThat(figures.curve("both").get(1).runs().get(1).reason()).isEqualTo("no rows");
  }
}
