package dev.graft.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.graft.model.Classifier.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoftLabelsTest {
  private static Prediction judged(int classes, float... probabilities) {
    return new Prediction(probabilities.length / classes, classes, 0, probabilities, new float[0]);
  }

  @Test
  void theyAreRoundedAndTheLargestRemainderIsRoundedUp() {
    float[] labels = SoftLabels.of(judged(3, 0.333333f, 0.333334f, 0.333333f, 1, 0, 0));
    assertThat(labels).containsExactly(0.33333f, 0.33334f, 0.33333f, 1, 0, 0);
  }

  @Test
  void lastBitsOfTheArithmeticAreNotTold() {
    float[] one = SoftLabels.of(judged(2, 0.7f, 0.3f));
    assertThat(SoftLabels.of(judged(2, Math.nextUp(0.7f), Math.nextDown(0.3f)))).isEqualTo(one);
  }

  @Test
  void theySumToOneOverManyClasses() {
    int classes = 150;
    float[] spread = new float[classes];
    IntStream.range(0, classes).forEach(c -> spread[c] = c == 7 ? 0.5f : 0.5f / (classes - 1));
    float[] labels = SoftLabels.of(judged(classes, spread));
    assertThat(IntStream.range(0, classes).mapToDouble(c -> labels[c]).sum())
        .isCloseTo(1, within(1e-7));
    assertThat(labels[7]).isEqualTo(0.5f, within(1e-3f));
  }

  /** Rounding each by itself would leave -33 units, or 617 in place of 667, to the best. */
  @Test
  void evenClassesStayEven() {
    for (int classes : new int[] {150, 600}) {
      float[] even = new float[classes];
      Arrays.fill(even, 1f / classes);
      float[] labels = SoftLabels.of(judged(classes, even));
      double sum = 0;
      for (float label : labels) {
        assertThat(label).isEqualTo(1f / classes, within(1.01e-5f));
        sum += label;
      }
      assertThat(sum).isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void storedValuesComeBack() {
    float[] labels = SoftLabels.of(judged(2, 0.25f, 0.75f, 0.61803f, 0.38197f));
    List<Double> stored = SoftLabels.stored(labels, 1, 2);
    float[] read = new float[3];
    SoftLabels.read(stored, read, 1);
    assertThat(read).containsExactly(0, labels[2], labels[3]);
  }

  @Test
  void aJudgeWithoutAnAnswerIsAnError() {
    assertThatThrownBy(() -> SoftLabels.of(judged(2, 0.5f, 0.5f, Float.NaN, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("NaN for class 0 of row 1");
  }
}
