package dev.graft.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.generate.GenerationPlan.ClassPlan;
import dev.graft.model.Classifier.Prediction;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.AugmentSpec.SyntheticPerClass;
import dev.graft.spec.AugmentSpec.Where;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** More rows for classes that the judge confuses on tune rows. */
class ConfusionsTest {
  private static final AugmentSpec AUGMENT =
      new AugmentSpec(new SyntheticPerClass(100), Map.of(), 2, 3, 1, false, Where.CONFUSIONS, null);

  private static final GenerationPlan USUAL =
      GenerationPlan.of(
          AUGMENT, Map.of(0, 40L, 1, 40L, 2, 40L, 3, 40L), List.of("a", "b", "c", "d"));

  /** What a judge says that is sure of itself. */
  private static Prediction saying(int... classes) {
    float[] probabilities = new float[4 * classes.length];
    for (int row = 0; row < classes.length; row++) {
      probabilities[4 * row + classes[row]] = 1;
    }
    return new Prediction(classes.length, 4, 1, probabilities, new float[classes.length]);
  }

  @Test
  void aConfusedPairCountsForBothOfItsClasses() {
    int[] labels = {0, 0, 1, 1, 1, 1, 2, 2, 3};
    // One of two rows of class 0 is taken for 1, one of four rows of class 1 for 0.
    double[] need = Confusions.perClass(labels, saying(1, 0, 0, 1, 1, 1, 2, 2, 3));
    assertThat(need).containsExactly(0.375, 0.375, 0, 0);
  }

  @Test
  void rowsMoveToThemAndTheirNumberStays() {
    GenerationPlan plan = USUAL.byNeed(new double[] {0.375, 0.375, 0, 0}, AUGMENT);
    assertThat(plan.classes()).extracting(ClassPlan::wanted).containsExactly(150L, 150L, 50L, 50L);
    assertThat(plan.wanted()).isEqualTo(USUAL.wanted());
    assertThat(plan.ofLabel(0).firstRound()).isEqualTo(300);
    assertThat(plan.ofLabel(0).cap()).isEqualTo(450);
    assertThat(plan.ofLabel(2).firstRound()).isEqualTo(100);
  }

  @Test
  void withoutErrorsNothingMoves() {
    assertThat(USUAL.byNeed(new double[4], AUGMENT)).isEqualTo(USUAL);
    assertThat(Confusions.perClass(new int[] {0, 1, 2, 3}, saying(0, 1, 2, 3)))
        .containsExactly(0, 0, 0, 0);
    assertThat(USUAL.classes())
        .extracting(ClassPlan::wanted)
        .isEqualTo(List.of(100L, 100L, 100L, 100L));
  }
}
