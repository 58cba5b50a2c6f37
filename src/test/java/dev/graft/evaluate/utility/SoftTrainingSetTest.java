package dev.graft.evaluate.utility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.spec.MixingRatio;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Training sets of rows with soft labels and rows without. */
class SoftTrainingSetTest {
  @Test
  void softLabelsGoThroughEveryMixture() throws Exception {
    LabelledRows real = rows(31, 1);
    LabelledRows soft = softly(rows(7, 2));
    for (Arm arm : List.of(Arm.GENERATED, Arm.BOTH, Arm.FILLED)) {
      LabelledRows mixed = TrainingSet.of(arm, MixingRatio.EVEN, real, soft).rows();
      assertThat(mixed.targets()).as(arm.key()).hasSize(2 * mixed.size());
      for (int row = 0; row < mixed.size(); row++) {
        float own = soft.ids().contains(mixed.ids().get(row)) ? 0.75f : 1;
        assertThat(mixed.targets()[2 * row + mixed.labels()[row]]).isEqualTo(own);
        assertThat(mixed.targets()[2 * row + 1 - mixed.labels()[row]]).isEqualTo(1 - own);
      }
    }
    assertThat(TrainingSet.of(Arm.OVERSAMPLED, null, real, soft).rows().targets()).isNull();
    assertThat(TrainingSet.of(Arm.BOTH, MixingRatio.EVEN, real, rows(7, 2)).rows().targets())
        .isNull();
    assertThat(TrainingSet.of(Arm.SYNTHETIC, null, real, soft).rows()).isSameAs(soft);
    assertThat(TrainingSet.of(Arm.REAL, null, real, soft).rows()).isSameAs(real);
  }

  @Test
  void targetsThatAreNotOfTheRowsAreRefused() {
    LabelledRows rows = rows(3, 1);
    assertThatThrownBy(
            () ->
                new LabelledRows(
                    rows.rowSize(), rows.values(), rows.labels(), rows.ids(), new float[4]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4 targets are not so many for each of 3 rows");
  }

  /** The same rows, a quarter of the probability for the other class. */
  private static LabelledRows softly(LabelledRows rows) {
    float[] targets = new float[2 * rows.size()];
    Arrays.fill(targets, 0.25f);
    IntStream.range(0, rows.size()).forEach(row -> targets[2 * row + rows.labels()[row]] = 0.75f);
    return new LabelledRows(rows.rowSize(), rows.values(), rows.labels(), rows.ids(), targets);
  }

  /** Rows of two classes in turn, in id order. */
  private static LabelledRows rows(int count, int set) {
    int[] labels = IntStream.range(0, count).map(row -> row % 2).toArray();
    List<SampleId> ids = IntStream.range(0, count).mapToObj(row -> new SampleId(row, set)).toList();
    return new LabelledRows(1, new byte[count], labels, ids);
  }
}
