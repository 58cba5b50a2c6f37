package dev.graft.evaluate.utility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.evaluate.utility.Choice.Trial;
import dev.graft.spec.MixingRatio;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BestMixedTest {
  private static final List<String> BOTH_ARMS = List.of("generated", "both");

  @Test
  void isTheArmThatDoesBetterOnTuneRows() {
    assertThat(best(BOTH_ARMS, chose("both", 0.8), chose("generated", 0.9))).contains("generated");
    assertThat(best(BOTH_ARMS, chose("both", 0.9), chose("generated", 0.8))).contains("both");
  }

  @Test
  void isBothWhereTuneRowsDoNotTell() {
    assertThat(best(BOTH_ARMS, chose("both", 0.9), chose("generated", 0.9))).contains("both");
    assertThat(best(BOTH_ARMS, run("both", null), run("generated", null))).contains("both");
  }

  @Test
  void isTheOnlyOneThatWasRun() {
    assertThat(best(List.of("generated"), run("generated", null))).contains("generated");
    assertThat(best(List.of("real"), run("real", null))).isEmpty();
  }

  private static Optional<String> best(List<String> order, ArmRun... runs) {
    return UtilityFigures.of("learner", "digest", order, List.of(runs)).bestMixed();
  }

  private static ArmRun chose(String arm, double tuneAccuracy) {
    Trial trial = new Trial(1, MixingRatio.EVEN, tuneAccuracy);
    return run(arm, new Choice(trial, List.of(trial)));
  }

  private static ArmRun run(String arm, Choice choice) {
    return new ArmRun(arm, 0, ArmRun.TRAINED, 1, 1, 1, 0.5, List.of(0.5), choice, null);
  }
}
