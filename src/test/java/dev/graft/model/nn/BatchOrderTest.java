package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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

  @Test
  void aStepNeedsNoHistory() {
    BatchOrder whole = new BatchOrder(1, 10, 4);
    whole.rows(0);
    whole.rows(1);
    assertThat(new BatchOrder(1, 10, 4).rows(2)).isEqualTo(whole.rows(2));
    assertThat(new BatchOrder(2, 10, 4).rows(2)).isNotEqualTo(whole.rows(2));
  }
}
