package dev.graft.evaluate.utility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelSets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelScoresTest {
  private static final DatasetSchema SCHEMA =
      new DatasetSchema("text", List.of(8), List.of("(none)", "a", "a + b", "b", "c"))
          .withLabels(List.of("a", "b", "c", "never"));

  /** Five right, one wrong and two missed: micro F1 is 10/13, macro the mean over a, b and c. */
  @Test
  void eachLabelOfASetIsAPredictionOfItsOwn() {
    LabelScores.Counter counter = new LabelScores.Counter(LabelSets.of(SCHEMA));
    counter.add(2, 2);
    counter.add(2, 1);
    counter.add(1, 2);
    counter.add(3, 0);
    counter.add(0, 0);
    counter.add(4, 4);
    LabelScores scores = counter.scores();
    // a: 3 right; b: 1 right, 1 wrong, 2 missed; c: 1 right.
    assertThat(scores.rows()).containsExactly(3L, 3L, 1L, 0L);
    assertThat(scores.f1()).containsExactly(1.0, 0.4, 1.0, null);
    assertThat(scores.microF1()).isEqualTo(10.0 / 13, org.assertj.core.api.Assertions.within(1e-4));
    assertThat(scores.macroF1()).isEqualTo(0.8, org.assertj.core.api.Assertions.within(1e-4));
  }

  @Test
  void rowsOfOneLabelHaveNone() {
    DatasetSchema plain = new DatasetSchema("text", List.of(8), List.of("a", "b"));
    assertThat(new LabelScores.Counter(LabelSets.of(plain)).scores()).isNull();
  }
}
