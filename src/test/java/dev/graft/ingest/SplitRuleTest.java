package dev.graft.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.spec.SplitSpec;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitRuleTest {
  @Property
  void ranksFillEveryPartThatIsWanted(
      @ForAll @IntRange(min = 1, max = 200) int keys,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double tune,
      @ForAll @DoubleRange(min = 0, max = 0.4) double test) {
    SplitRule rule = new SplitRule(1, new SplitSpec(tune, test, ""));
    Map<Part, Integer> counts = new EnumMap<>(Part.class);
    for (int rank = 0; rank < keys; rank++) {
      counts.merge(rule.byRank(rank, keys), 1, Integer::sum);
    }
    assertThat(counts).containsKey(Part.TRAIN);
    if (keys >= 2) {
      assertThat(counts).containsKey(Part.TUNE);
    }
    if (keys >= 3 && test > 0) {
      assertThat(counts).containsKey(Part.TEST);
    }
    if (test == 0) {
      assertThat(counts).doesNotContainKey(Part.TEST);
    }
    if (keys >= 10) {
      assertThat(counts.get(Part.TUNE)).isCloseTo((int) Math.round(tune * keys), within(1));
    }
  }

  @Test
  void hashesGiveTheSharesInTheMean() {
    SplitRule rule = new SplitRule(7, new SplitSpec(0.15, 0.1, ""));
    Map<Part, Integer> counts = counts(rule, 20_000);
    assertThat(counts.get(Part.TUNE) / 20_000.0).isCloseTo(0.15, within(0.01));
    assertThat(counts.get(Part.TEST) / 20_000.0).isCloseTo(0.10, within(0.01));
  }

  @Property(tries = 20)
  void anotherSeedDrawsAnotherSplit(@ForAll long seed) {
    SplitRule one = new SplitRule(seed, new SplitSpec(0.5, 0, ""));
    SplitRule other = new SplitRule(seed + 1, new SplitSpec(0.5, 0, ""));
    int same = 0;
    for (int i = 0; i < 2000; i++) {
      SampleId key = SampleId.real("k", i);
      assertThat(one.byHash(key)).isEqualTo(one.byHash(key));
      same += one.byHash(key) == other.byHash(key) ? 1 : 0;
    }
    assertThat(same).isBetween(850, 1150);
  }

  @Property(tries = 50)
  void equalContentsAndGroupsHaveOneKey(@ForAll byte[] content, @ForAll String group) {
    byte[] twice = new byte[2 * content.length];
    System.arraycopy(content, 0, twice, 0, content.length);
    System.arraycopy(content, 0, twice, content.length, content.length);
    RowBatch batch =
        new RowBatch(
            false,
            2,
            new SampleId[] {SampleId.real("a", 0), SampleId.real("b", 1)},
            new int[] {0, 1},
            new String[] {group, group},
            new boolean[2],
            content.length,
            twice);
    for (String by : new String[] {"", "speaker"}) {
      SplitRule rule = new SplitRule(1, new SplitSpec(0.2, 0.2, by));
      assertThat(rule.key(batch, 0)).isEqualTo(rule.key(batch, 1));
    }
  }

  private static Map<Part, Integer> counts(SplitRule rule, int keys) {
    Map<Part, Integer> counts = new HashMap<>();
    for (int i = 0; i < keys; i++) {
      counts.merge(rule.byHash(SampleId.real("k", i)), 1, Integer::sum);
    }
    return counts;
  }
}
