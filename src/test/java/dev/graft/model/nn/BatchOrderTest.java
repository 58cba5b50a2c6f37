package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchOrderTest {
  @Test
  void everyEpochSeesEveryRowOnceInAnotherOrder() {
    BatchOrder order = new BatchOrder(1, 10, 4);
    List<Integer> seen = new ArrayList<>();
    for (int step = 0; step < 5; step++) {
      for (int row : order.rows(step)) {
        seen.add(row);
      }
    }
    List<Integer> all = IntStream.range(0, 10).boxed().toList();
    assertThat(seen.subList(0, 10)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(seen.subList(10, 20)).containsExactlyInAnyOrderElementsOf(all);
    assertThat(seen.subList(0, 10)).isNotEqualTo(seen.subList(10, 20));
  }

  /** Twelve rows of class 0, seven of class 1 and two of class 2. */
  private static LabelledRows uneven() {
    int[] labels = new int[21];
    Arrays.fill(labels, 12, 19, 1);
    Arrays.fill(labels, 19, 21, 2);
    List<SampleId> ids =
        IntStream.range(0, 21).mapToObj(row -> SampleId.real("rows", row)).toList();
    return new LabelledRows(1, new byte[21], labels, ids);
  }

  @Test
  void smallClassesComeMoreOften() {
    BatchOrder order = BatchOrder.balanced(1, uneven(), 25, 1); // an epoch a step
    for (int step = 0; step < 40; step++) {
      int[] counts = new int[21];
      for (int row : order.rows(step)) {
        counts[row]++;
      }
      assertThat(Arrays.copyOf(counts, 19)).containsOnly(1);
      assertThat(counts[19]).isEqualTo(3); // 12 / 2 = 6 of the two
      assertThat(counts[20]).isEqualTo(3);
    }
  }

  @Test
  void partOfTheWayThereRowsTakeTurns() {
    BatchOrder order = BatchOrder.balanced(1, uneven(), 22, 0.5); // 2 * sqrt(3), some 3, of the two
    int[] counts = new int[21];
    for (int step = 0; step < 40; step++) {
      for (int row : order.rows(step)) {
        counts[row]++;
      }
    }
    assertThat(Arrays.copyOf(counts, 19)).containsOnly(40);
    assertThat(counts[19] + counts[20]).isEqualTo(120);
    assertThat(counts[19]).isBetween(45, 75);
    BatchOrder other = BatchOrder.balanced(1, uneven(), 22, 0.5);
    assertThat(other.rows(7)).isEqualTo(order.rows(7));
  }

  @Test
  void withoutBalanceUnevenClassesAreAsOthers() {
    assertThat(BatchOrder.balanced(1, uneven(), 4, 0).rows(3))
        .isEqualTo(new BatchOrder(1, 21, 4).rows(3));
  }

  @Test
  void aStepNeedsNoHistory() {
    BatchOrder whole = new BatchOrder(1, 10, 4);
    whole.rows(0);
    whole.rows(1);
    assertThat(new BatchOrder(1, 10, 4).rows(2)).isEqualTo(whole.rows(2));
    assertThat(new BatchOrder(2, 10, 4).rows(2)).isNotEqualTo(whole.rows(2));
  }
}
