package dev.graft.evaluate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.CounterRandom;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.model.ensemble.Mixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberRowsTest {
  private static final long SEED = 42;
  private static final int PER_CLASS = 400;
  private static final Mixture MIXTURE =
      new Mixture(List.of("a", "b", "c"), new float[] {0.5f, 0.3f, 0.2f});

  /** Every fourth candidate of three classes, in an order of its own. */
  private static LabelledRows accepted(List<Integer> members) {
    List<SampleId> ids = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int place : CounterRandom.of(1).permutation(3 * PER_CLASS)) {
      int label = place % 3;
      int index = place / 3;
      if (index % 4 == 1) {
        Condition condition = Condition.ofLabel(label);
        ids.add(SampleId.synthetic("digest", SEED, condition.key(), index));
        labels.add(label);
        members.add(MIXTURE.memberOf(condition, SEED, index));
      }
    }
    return new LabelledRows(
        1, new byte[ids.size()], labels.stream().mapToInt(label -> label).toArray(), ids);
  }

  @Test
  void findsTheMemberThatHasDrawnEachRow() {
    List<Integer> expected = new ArrayList<>();
    LabelledRows rows = accepted(expected);
    int[] members = new MemberRows(MIXTURE, "digest", SEED).of(rows, 3 * PER_CLASS, true);
    assertThat(members).containsExactly(expected.stream().mapToInt(member -> member).toArray());
    assertThat(Arrays.stream(members).distinct().count()).isEqualTo(3);
  }

  @Test
  void rowsOfAnotherModelAreNotTakenForItsOwn() {
    LabelledRows rows = accepted(new ArrayList<>());
    assertThatThrownBy(() -> new MemberRows(MIXTURE, "other", SEED).of(rows, 3 * PER_CLASS, true))
        .hasMessageContaining("that nothing has drawn");
  }
}
