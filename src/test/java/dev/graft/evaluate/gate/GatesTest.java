package dev.graft.evaluate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.evaluate.Figure;
import dev.graft.evaluate.SelectionFigures;
import dev.graft.evaluate.SelectionFigures.ClassSelection;
import dev.graft.evaluate.copies.CopyCheck;
import dev.graft.evaluate.quality.Comparison;
import dev.graft.evaluate.quality.GroupFigures;
import dev.graft.evaluate.quality.QualityFigures;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.evaluate.utility.UtilityFigures;
import dev.graft.model.watch.WatchStory;
import dev.graft.model.watch.WatchStory.Verdict;
import dev.graft.spec.GateSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatesTest {
  private static final double NONE = Double.NaN;

  private static final GateFigures FIGURES =
      new GateFigures(
          new QualityFigures(
              group("overall", -1, Figure.of(0.9), Figure.of(0.95)),
              List.of(
                  group("cat", 0, Figure.of(0.8), Figure.of(0.8)),
                  group("dog", 1, Figure.of(0.85), Figure.of(0.98)),
                  group("emu", 2, Figure.of(0.95), Figure.of(0.97)))),
          new SelectionFigures(
              List.of(
                  new ClassSelection("cat", 100, 200, 100, 20, Map.of("realism:min", 80L)),
                  new ClassSelection("dog", 100, 400, 90, 0, Map.of("realism:min", 310L)))),
          CopyCheck.figures(50, new long[] {0}, new long[] {0, 1, 2, 900}, new long[] {1, 5, 6, 7}),
          UtilityFigures.of(
              "learner",
              "digest",
              List.of("real", "classical", "synthetic"),
              List.of(
                  run("real", 0, 0.9),
                  run("classical", 0, 0.91),
                  run("classical", 1, 0.93),
                  run("synthetic", 0, 0.8),
                  run("synthetic", 1, 0.84))),
          null);

  @Test
  void comparesOverallFigures() {
    assertThat(check("coverage", 0.9, NONE, "", "").passed()).isTrue();
    GateResult failed = check("coverage", 0.91, NONE, "", "");
    assertThat(failed.passed()).isFalse();
    assertThat(failed.message())
        .isEqualTo(
            "coverage (overall) is 0.9, below the least allowed 0.91; kinds of real rows are"
                + " missing");
    assertThat(check("coverage", NONE, 0.89, "", "").passed()).isFalse();
    assertThat(check("coverage", 0.5, 0.95, "", "").passed()).isTrue();
  }

  @Test
  void findsTheWorstClass() {
    GateResult least = check("coverage", 0.82, NONE, "", "worst");
    assertThat(least.of()).isEqualTo("cat");
    assertThat(least.passed()).isFalse();
    assertThat(check("coverage", NONE, 0.9, "", "worst").of()).isEqualTo("emu");
    assertThat(check("acceptance", 0.2, NONE, "", "worst").value()).isEqualTo(0.225);
  }

  @Test
  void leavesOutClassesThatWantNoRows() {
    Figure none = Figure.undefined("needs at least 6 accepted rows; has 0");
    GateFigures figures =
        new GateFigures(
            new QualityFigures(
                group("overall", -1, Figure.of(0.9), Figure.of(0.95)),
                List.of(
                    group("cat", 0, Figure.of(0.8), Figure.of(0.8)),
                    group("dog", 1, none, Figure.of(0.98)))),
            new SelectionFigures(
                List.of(
                    new ClassSelection("cat", 100, 200, 90, 0, Map.of()),
                    new ClassSelection("dog", 0, 0, 0, 0, Map.of()))),
            FIGURES.copies(),
            FIGURES.utility(),
            null);
    for (String metric : List.of("coverage", "acceptance", "shortfall")) {
      GateResult worst =
          Gates.check(List.of(new GateSpec(metric, 0.05, NONE, "", "worst", 1)), figures).get(0);
      assertThat(worst.of()).as(metric).isEqualTo("cat");
      assertThat(worst.passed()).as(metric).isTrue();
    }
  }

  @Test
  void multipliesWhatRealRowsReach() {
    GateResult relative = check("coverage", 0.9, NONE, "tune", "worst");
    assertThat(relative.of()).isEqualTo("dog");
    assertThat(relative.reference()).isEqualTo(0.98);
    assertThat(relative.min()).isEqualTo(0.882);
    assertThat(relative.passed()).isFalse();
    assertThat(relative.message()).contains("(0.9 times the 0.98 of real tune rows)");
    assertThat(check("coverage", 0.85, NONE, "tune", "worst").passed()).isTrue();
  }

  @Test
  void boundsLieBetweenWhatRealRowsReachAndOne() {
    GateResult between = check("coverage", NONE, 0.25, "tune-to-one", "");
    assertThat(between.max()).isEqualTo(0.9625); // 0.95 + 0.25 * 0.05
    assertThat(between.passed()).isTrue();
    GateResult worst = check("coverage", NONE, 0.1, "tune-to-one", "worst");
    assertThat(worst.of()).isEqualTo("cat"); // 0.8 of 0.82; dog 0.85 of 0.982
    assertThat(check("coverage", 0.2, NONE, "tune-to-one", "").message())
        .isEqualTo(
            "coverage (overall) is 0.9, below the least allowed 0.96 (0.2 of the way from the 0.95"
                + " of real tune rows to 1); kinds of real rows are missing");
  }

  @Test
  void holdsCopiesAgainstRealRows() {
    GateResult copied = check("copied-rows", NONE, 1, "tune", "");
    assertThat(copied.value()).isEqualTo(0.5);
    assertThat(copied.max()).isEqualTo(0.25);
    assertThat(copied.passed()).isFalse();
    assertThat(check("copied-rows", NONE, 2, "tune", "").passed()).isTrue();
  }

  @Test
  void shortfallIsThatOfTheWorstClass() {
    GateResult shortfall = check("shortfall", NONE, 0.05, "", "");
    assertThat(shortfall.of()).isEqualTo("dog");
    assertThat(shortfall.value()).isEqualTo(0.1);
    assertThat(shortfall.passed()).isFalse();
  }

  @Test
  void knowsArmsAndTheirGains() {
    assertThat(check("synthetic-accuracy", 0.82, NONE, "", "").passed()).isTrue();
    assertThat(check("synthetic-gain", 0, NONE, "", "").value()).isEqualTo(-0.1);
    assertThat(check("real-gain", -0.02, NONE, "", "").value()).isEqualTo(-0.01);
  }

  @Test
  void refusesAModelThatIsMarkedAsCollapsed() {
    assertThat(check("training-collapse", NONE, 0, "", "").passed()).isTrue();
    for (Verdict verdict : Verdict.values()) {
      GateFigures figures =
          new GateFigures(
              FIGURES.quality(),
              FIGURES.selection(),
              FIGURES.copies(),
              FIGURES.utility(),
              new WatchStory(verdict, List.of(), Map.of()));
      GateSpec gate = new GateSpec("training-collapse", NONE, 0, "", "", 1);
      assertThat(Gates.check(List.of(gate), figures).get(0).passed())
          .as("%s", verdict)
          .isEqualTo(verdict != Verdict.COLLAPSED);
    }
  }

  @Test
  void rowsOfOneClassNeedNotTeachBoth() {
    GateFigures learners = learners(0.9, 0.5);
    GateFigures balanced =
        new GateFigures(
            learners.quality(),
            new SelectionFigures(
                List.of(
                    new ClassSelection("cat", 0, 0, 0, 0, Map.of()),
                    new ClassSelection("dog", 100, 400, 100, 0, Map.of()))),
            learners.copies(),
            learners.utility(),
            null);
    GateSpec standard = new GateSpec("synthetic-skill", 0.25, NONE, "", "", true, 0);
    GateResult spared = Gates.check(List.of(standard), balanced).get(0);
    assertThat(spared.passed()).isTrue();
    assertThat(spared.message()).contains("no rows of cat are wanted");
    assertThat(Gates.check(List.of(standard), learners).get(0).passed()).isFalse();
  }

  @Test
  void skillIsWhatIsLearntAboveChanceOfWhatRealRowsTeach() {
    // Recalls are 0.9 of real rows and 0.82 of synthetic ones, and one of two is right by chance.
    GateFigures figures = learners(0.9, 0.82);
    GateResult skill = check(figures, "synthetic-skill", 0.25, NONE);
    assertThat(skill.value()).isEqualTo(0.8);
    assertThat(skill.passed()).isTrue();
    GateResult useless = check(learners(0.9, 0.52), "synthetic-skill", 0.25, NONE);
    assertThat(useless.message())
        .isEqualTo(
            "synthetic-skill (overall) is 0.05, below the least allowed 0.25; a learner learns"
                + " next to nothing from the rows");
    assertThat(check(learners(0.55, 0.52), "synthetic-skill", 0.25, NONE).message())
        .contains("is undefined: a learner is hardly better than chance with the real rows");
  }

  @Test
  void aDefaultGateIsNotHeldAgainstWhatRealRowsCannotTell() {
    GateSpec declared = new GateSpec("synthetic-skill", 0.25, NONE, "", "", 1);
    GateSpec standard = new GateSpec("synthetic-skill", 0.25, NONE, "", "", true, 0);
    GateFigures hard = learners(0.55, 0.52);
    assertThat(Gates.check(List.of(declared, standard), hard))
        .extracting(GateResult::passed)
        .containsExactly(false, true);
    assertThat(Gates.check(List.of(standard), learners(0.9, 0.5)).get(0).passed()).isFalse();
  }

  @Test
  void namesTheRuleThatRefusedMost() {
    assertThat(check("acceptance", 0.5, NONE, "", "").message())
        .endsWith(
            "below the least allowed 0.5; hardly any candidate passes the rules; realism:min"
                + " refused 65.0 % of the candidates");
  }

  @Test
  void refusesWhatIsUndefinedAndSaysWhy() {
    assertThat(check("both-accuracy", 0.1, NONE, "", "").message())
        .isEqualTo(
            "both-accuracy (overall) is undefined: the arm both was not run: add it to"
                + " evaluate.utility.arms");
    assertThat(check("density", 0.1, NONE, "", "").message())
        .contains("was not measured: add it to evaluate.metrics");
    assertThat(check("shortfall", NONE, 0.5, "tune", "").passed()).isFalse();
    GateResult perClass = check("recall", 0.1, NONE, "", "worst");
    assertThat(perClass.passed()).isFalse();
    assertThat(perClass.message()).contains("needs rows");
    assertThat(check("copied-rows", NONE, 1, "", "worst").message()).contains("per class");
  }

  @Test
  void everyNameCanBeChecked() {
    for (String name : GateFigures.names()) {
      for (String perClass : List.of("", "worst")) {
        assertThat(check(name, 0, NONE, "", perClass).message()).startsWith(name + " (");
      }
    }
  }

  private static GateResult check(
      String metric, double min, double max, String relativeTo, String perClass) {
    return Gates.check(List.of(new GateSpec(metric, min, max, relativeTo, perClass, 1)), FIGURES)
        .get(0);
  }

  private static GateResult check(GateFigures figures, String metric, double min, double max) {
    return Gates.check(List.of(new GateSpec(metric, min, max, "", "", 1)), figures).get(0);
  }

  /** A comparison of arms in two classes, both equally often right. */
  private static GateFigures learners(double real, double synthetic) {
    UtilityFigures utility =
        UtilityFigures.of(
            "learner",
            "digest",
            List.of("real", "synthetic"),
            List.of(twoClasses("real", real), twoClasses("synthetic", synthetic)));
    return new GateFigures(FIGURES.quality(), FIGURES.selection(), FIGURES.copies(), utility, null);
  }

  private static ArmRun twoClasses(String arm, double recall) {
    return new ArmRun(
        arm, 0, ArmRun.TRAINED, 10, 10, 5, recall, List.of(recall, recall), null, null);
  }

  private static GroupFigures group(String name, int label, Figure coverage, Figure real) {
    Figure none = Figure.undefined("needs rows");
    return new GroupFigures(
        name,
        label,
        100,
        Map.of(
            "coverage", new Comparison(none, coverage, real),
            "recall", new Comparison(none, label == 1 ? none : coverage, real)));
  }

  private static ArmRun run(String arm, int seed, double accuracy) {
    return new ArmRun(
        arm, seed, ArmRun.TRAINED, 10, 10, 5, accuracy, List.of(accuracy), null, null);
  }
}
