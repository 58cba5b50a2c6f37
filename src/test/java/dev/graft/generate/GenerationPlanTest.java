package dev.graft.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.generate.GenerationPlan.ClassPlan;
import dev.graft.spec.AugmentSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.apache.beam.sdk.util.CoderUtils;
import org.junit.jupiter.api.Test;

class GenerationPlanTest {
  private static final Map<Integer, Long> ROWS = Map.of(0, 100L, 1, 40L, 2, 7L);
  private static final List<String> NAMES = List.of("a", "b", "c");

  @Test
  void syntheticPerClassWantsTheSameOfEvery() {
    assertThat(wanted(new AugmentSpec.SyntheticPerClass(2000)))
        .containsExactly(2000L, 2000L, 2000L);
  }

  @Test
  void totalPerClassCountsRealRowsAndNeverWantsFewerThanNone() {
    assertThat(wanted(new AugmentSpec.TotalPerClass(50))).containsExactly(0L, 10L, 43L);
  }

  @Test
  void multiplyIsAShareOfTheRealRows() {
    assertThat(wanted(new AugmentSpec.Multiply(1.5))).containsExactly(150L, 60L, 11L);
  }

  @Test
  void balanceFillsUpToTheLargestWithinItsCap() {
    assertThat(wanted(new AugmentSpec.BalanceToLargest(5))).containsExactly(0L, 60L, 35L);
  }

  @Test
  void aClassCanHaveANumberOfItsOwn() {
    assertThat(wanted(new AugmentSpec.SyntheticPerClass(50, Map.of("b", 7L, "c", 0L))))
        .containsExactly(50L, 7L, 0L);
    assertThat(wanted(new AugmentSpec.TotalPerClass(100, Map.of("b", 45L))))
        .containsExactly(0L, 5L, 93L);
    assertThatThrownBy(() -> wanted(new AugmentSpec.SyntheticPerClass(50, Map.of("d", 7L))))
        .isInstanceOf(GraftException.class)
        .hasMessage(
            "augment asks for rows of \"d\", which is no class of the data; its classes are a, b, c");
  }

  @Test
  void classesOfFewRowsGetNoneUnlessTheyAreNamed() {
    AugmentSpec augment =
        new AugmentSpec(
            new AugmentSpec.SyntheticPerClass(50, Map.of("c", 5L)),
            Map.of(),
            1,
            2,
            1,
            false,
            null,
            null,
            Map.of(),
            41,
            false);
    GenerationPlan plan = GenerationPlan.of(augment, ROWS, NAMES);
    assertThat(plan.classes().stream().map(GenerationPlan.ClassPlan::wanted))
        .containsExactly(50L, 0L, 5L);
    assertThat(plan.ofLabel(1).cap()).isZero();
    assertThat(plan.ofLabel(1).realRows()).isEqualTo(40);
  }

  @Test
  void firstRoundOversamplesWithinTheCap() {
    GenerationPlan plan =
        GenerationPlan.of(new AugmentSpec.SyntheticPerClass(2000), ROWS, NAMES, 1.1, 3);
    assertThat(plan.ofLabel(1)).isEqualTo(new ClassPlan(1, 40, 2000, 2200, 6000));
    assertThat(
            GenerationPlan.of(new AugmentSpec.SyntheticPerClass(10), ROWS, NAMES, 4, 2)
                .firstRound())
        .isEqualTo(60);
  }

  @Property
  void rangesCoverEveryIndexOnce(
      @ForAll @LongRange(max = 10_000) long from, @ForAll @LongRange(max = 5_000) long length) {
    List<CandidateRange> ranges =
        CandidateRange.cover(Condition.ofLabel(3), 1, from, from + length);
    long next = from;
    for (CandidateRange range : ranges) {
      assertThat(range.firstIndex()).isEqualTo(next);
      next += range.count();
    }
    assertThat(next).isEqualTo(from + length);
  }

  @Test
  void largerTargetHasTheWholeRangesOfTheSmaller() {
    Set<String> small = keys(5_000);
    Set<String> large = keys(50_000);
    small.removeAll(large);
    assertThat(small).allMatch(key -> !key.endsWith("-" + CandidateRange.LENGTH)).hasSize(3);
  }

  @Test
  void rangeCoderKeepsEverything() throws Exception {
    CandidateRange range =
        new CandidateRange(new Condition(4, Map.of("style", "bold")), 2, 5 * 1024 + 7, 100);
    byte[] bytes = CoderUtils.encodeToByteArray(CandidateRangeCoder.of(), range);
    assertThat(CoderUtils.decodeFromByteArray(CandidateRangeCoder.of(), bytes)).isEqualTo(range);
    assertThat(range.key())
        .isNotEqualTo(new CandidateRange(Condition.ofLabel(4), 2, 5127, 100).key());
  }

  private static Set<String> keys(long rows) {
    Set<String> keys = new HashSet<>();
    GenerationPlan.of(new AugmentSpec.SyntheticPerClass(rows), ROWS, NAMES, 1, 1)
        .firstRanges()
        .forEach(range -> keys.add(range.key()));
    return keys;
  }

  private static List<Long> wanted(AugmentSpec.Target target) {
    return GenerationPlan.of(target, ROWS, NAMES, 1, 2).classes().stream()
        .map(ClassPlan::wanted)
        .toList();
  }
}
