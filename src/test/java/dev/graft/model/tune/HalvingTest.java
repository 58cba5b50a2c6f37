package dev.graft.model.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import dev.graft.model.tune.Halving.Rung;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalvingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2  | 600  | 3 | 500 | 2@600               | 500",
        "4  | 600  | 3 | 50  | 4@200 2@600         | 50",
        "9  | 600  | 3 | 500 | 9@200 3@600         | 200",
        "27 | 3000 | 3 | 500 | 27@333 9@999 3@3000 | 333",
        "27 | 9500 | 3 | 500 | 27@1000 9@3000 3@9500 | 500",
        "16 | 100  | 4 | 500 | 16@25 4@100         | 25",
        "10 | 80   | 2 | 10  | 10@10 5@20 3@40 2@80 | 10",
        "3  | 3    | 3 | 1   | 3@3                 | 1"
      })
  void budgetsAreStepsThatEndWithAnEvaluation(
      int trials, long steps, int eta, long evalEvery, String rungs, long every) {
    Halving halving = Halving.of(trials, steps, eta, evalEvery);
    assertThat(
            halving.rungs().stream()
                .map((Rung rung) -> rung.trials() + "@" + rung.steps())
                .collect(Collectors.joining(" ")))
        .isEqualTo(rungs);
    assertThat(halving.evalEvery()).isEqualTo(every);
    for (int rung = 0; rung < halving.rungs().size() - 1; rung++) {
      assertThat(halving.rungs().get(rung).steps() % every).isZero();
    }
  }

  @Test
  void aFirstRungWithoutStepsIsRefused() {
    assertThatThrownBy(() -> Halving.of(27, 8, 3, 1))
        .isInstanceOf(GraftException.class)
        .hasMessage(
            "27 trials with eta 3 are 3 rungs, which need at least 9 steps; tune.steps is 8");
  }

  @Test
  void theBestGoOnAndTheDefinitionItself() {
    TreeMap<Integer, Double> scores = new TreeMap<>(Map.of(0, 0.9, 2, 0.3, 5, 0.3, 7, 0.1));
    assertThat(Halving.promoted(scores, true, 2)).containsExactly(0, 2, 7);
    assertThat(Halving.promoted(scores, false, 2)).containsExactly(0, 2);
    assertThat(Halving.ranked(scores, true)).containsExactly(7, 2, 5, 0);
    assertThat(Halving.ranked(scores, false)).containsExactly(0, 2, 5, 7);
    scores.remove(0);
    assertThat(Halving.promoted(scores, true, 1)).containsExactly(7);
    assertThat(Halving.promoted(new TreeMap<>(), true, 1)).isEmpty();
  }
}
