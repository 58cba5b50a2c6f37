package dev.graft.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.evaluate.gate.DefaultGates;
import dev.graft.evaluate.gate.GateResult;
import dev.graft.modality.Modalities;
import dev.graft.spec.EvaluateSpec.ArmSpec;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Fixed;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.spec.SelectRule.TunePercentile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The default gates, unedited, on generators that are broken in one way each and on healthy ones:
 * with the rules that a spec has by default, and with none, where the gates are all there is.
 */
class DefaultGatesTest {
  private static final List<SelectRule> NO_RULES = List.of();
  private static final List<SelectRule> DEFAULT_RULES =
      List.of(
          new SelectRule("label-agreement", Kind.MIN, new Fixed(0.5), 0),
          new SelectRule("realism", Kind.MIN, new TunePercentile(5), 0),
          new SelectRule("novelty", Kind.MIN, new TunePercentile(1), 0),
          new SelectRule("near-duplicate", Kind.DROP, new Fixed(1), 0));

  @TempDir Path work;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "THREE_ROWS               | repeats         | the same few rows come again and again",
        "THREE_ROWS_OF_EACH_CLASS | repeats         | the same few rows come again and again",
        "DROPS_A_CLASS            | examiner-agreement (light) | rows are not what their label"
            + " says",
        "COPIES                   | copied-rows     | training rows are copied",
        "NOISE                    | precision       | rows lie where no real rows do",
        "ANY_CLASS                | synthetic-skill | a learner learns next to nothing",
        "MARKED_AS_COLLAPSED      | training-collapse | the generator collapsed while it was"
            + " trained; at step 60 diversity 0.010, of real rows 1.003; ended and marked"
      })
  void refuseABrokenGeneratorWhoseRowsNoRuleHasLookedAt(
      TinyGenerator generator, String gate, String reason) {
    assertRefused(gates(generator, NO_RULES, 11), gate, reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "THREE_ROWS               | acceptance | hardly any candidate passes the rules",
        "THREE_ROWS_OF_EACH_CLASS | acceptance | near-duplicate:drop refused",
        "DROPS_A_CLASS            | shortfall (light) | label-agreement:min refused 9",
        "COPIES                   | acceptance | novelty:min refused",
        "NOISE                    | acceptance | hardly any candidate passes the rules",
        "HARDLY_EVER              | acceptance | hardly any candidate passes the rules"
      })
  void nameTheRuleThatLeavesNextToNothingOfABrokenGenerator(
      TinyGenerator generator, String gate, String reason) {
    assertRefused(gates(generator, DEFAULT_RULES, 11), gate, reason);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void letHealthyRunsPass(long seed) {
    assertThat(gates(TinyGenerator.HEALTHY, seed % 2 == 0 ? NO_RULES : DEFAULT_RULES, seed))
        .hasSameSizeAs(DefaultGates.all())
        .allSatisfy(
            gate -> {
              assertThat(gate.passed()).as(gate.message()).isTrue();
              assertThat(gate.value()).as(gate.message()).isNotNull();
            });
  }

  @ParameterizedTest
  @Tag("slow")
  @ValueSource(longs = {3, 4, 5, 6, 7, 8, 9, 10})
  void letEightMoreHealthyRunsPass(long seed) {
    letHealthyRunsPass(seed);
  }

  @Test
  void areNotHeldAgainstRowsWithoutRealOnesToCompareWith() {
    EvaluateRuns runs = runs(TinyGenerator.HEALTHY, NO_RULES, 11);
    runs.hasTest = false;
    List<GateResult> gates = evaluate(runs);
    assertThat(gates).allMatch(GateResult::passed);
    assertThat(gates)
        .filteredOn(gate -> gate.metric().equals("coverage"))
        .extracting(GateResult::message)
        .containsExactly(
            "coverage (dark) is not asked for: needs at least 6 real test rows; has 0");
  }

  private List<GateResult> gates(TinyGenerator generator, List<SelectRule> rules, long seed) {
    return evaluate(runs(generator, rules, seed));
  }

  private EvaluateRuns runs(TinyGenerator generator, List<SelectRule> rules, long seed) {
    EvaluateRuns runs = new EvaluateRuns(new TinyWorld(generator), work);
    runs.rules = rules;
    runs.seed = seed;
    runs.metrics = Modalities.get("image").defaults().metrics();
    runs.arms = List.of(new ArmSpec("real", 1), new ArmSpec("synthetic", 1));
    runs.gates = DefaultGates.all();
    return runs;
  }

  private static List<GateResult> evaluate(EvaluateRuns runs) {
    return runs.evaluation(runs.augment().evaluate("a", EvaluateRuns.DIRECT)).gates();
  }

  private static void assertRefused(List<GateResult> gates, String gate, String reason) {
    assertThat(gates)
        .filteredOn(result -> !result.passed() && result.message().startsWith(gate))
        .as("all gates: %s", gates.stream().map(GateResult::message).toList())
        .extracting(GateResult::message)
        .anySatisfy(message -> assertThat(message).contains(reason));
  }
}
