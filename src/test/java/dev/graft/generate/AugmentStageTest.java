package dev.graft.generate;

import static dev.graft.generate.AugmentRuns.DIRECT;
import static dev.graft.generate.AugmentRuns.digest;
import static dev.graft.generate.AugmentRuns.flink;
import static dev.graft.generate.AugmentRuns.rule;
import static dev.graft.generate.AugmentRuns.selection;
import static dev.graft.generate.AugmentRuns.spec;
import static dev.graft.generate.AugmentRuns.summary;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.stage.StageContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AugmentStageTest {
  private static final FakeInputs INPUTS = new FakeInputs(300);
  private static final SelectRule AGREE = rule("label-agreement", Kind.MIN, 0.6);
  private static final SelectRule REAL =
      new SelectRule("realism", Kind.MIN, new SelectRule.TunePercentile(5), 2);
  private static final SelectRule NOVEL =
      new SelectRule("novelty", Kind.MIN, new SelectRule.TunePercentile(1), 3);
  private static final SelectRule DISTINCT = rule("near-duplicate", Kind.DROP, 4);

  @TempDir Path work;

  @Test
  void rowsAreTheSameOnAnyRunnerAtAnyParallelism() {
    PipelineSpec spec = spec(augment(1500, 1.0, 3, 3), AGREE, REAL, DISTINCT);
    StageContext direct = AugmentRuns.run(spec, INPUTS, work.resolve("d"), "a", DIRECT);
    String expected = digest(direct);
    assertThat(summary(direct).path("rounds").asInt()).isGreaterThan(1);
    assertThat(summary(direct).path("rejections").path("near-duplicate:drop").asInt())
        .isGreaterThan(20);
    for (int parallelism : List.of(1, 2, 8)) {
      Path place = work.resolve("f" + parallelism);
      StageContext flink = AugmentRuns.run(spec, INPUTS, place, "a", flink(parallelism));
      assertThat(digest(flink)).as("Flink at parallelism %d", parallelism).isEqualTo(expected);
    }
  }

  @Test
  void plantedNearDuplicatesOnOtherRangesAreFound() {
    PipelineSpec spec = spec(augment(3000, 1, 1, 1), DISTINCT);
    StageContext context = AugmentRuns.run(spec, INPUTS, work, "a", DIRECT);
    int planted = 0;
    int found = 0;
    int innocent = 0;
    for (DatasetRow row : selection(context)) {
      boolean dropped = "near-duplicate:drop".equals(row.values()[5]);
      long index = (Long) row.values()[3];
      if (FakeInputs.original(index) != index) {
        planted++;
        found += dropped ? 1 : 0;
      } else {
        innocent += dropped ? 1 : 0;
      }
    }
    assertThat(planted).isEqualTo(3 * 36);
    assertThat((double) found / planted).isGreaterThanOrEqualTo(0.97);
    assertThat(innocent).isZero();
  }

  @Test
  void topUpFillsTheShortfallAndStopsAtTheCap() {
    StageContext filled =
        AugmentRuns.run(spec(augment(100, 1, 5, 3), AGREE), INPUTS, work.resolve("1"), "a", DIRECT);
    JsonNode figures = summary(filled);
    assertThat(figures.path("shortfall").asInt()).isZero();
    assertThat(figures.path("accepted").asInt()).isEqualTo(300);
    assertThat(figures.path("candidates").asInt()).isBetween(301, 450);

    StageContext capped =
        AugmentRuns.run(
            spec(augment(100, 1, 1.05, 3), AGREE), INPUTS, work.resolve("2"), "a", DIRECT);
    assertThat(summary(capped).path("candidates").asInt()).isEqualTo(315);
    assertThat(summary(capped).path("shortfall").asInt()).isPositive();
    assertThat(summary(capped).path("short-classes")).hasSize(3);
  }

  @Test
  void quotaTakesTheLowestIndicesAndCallsTheRestSurplus() {
    StageContext context =
        AugmentRuns.run(spec(augment(50, 2, 2, 1), AGREE), INPUTS, work, "a", DIRECT);
    long lastAccepted = -1;
    long firstSurplus = Long.MAX_VALUE;
    for (DatasetRow row : selection(context)) {
      if ((Long) row.values()[1] == 0) {
        if ((Boolean) row.values()[4]) {
          lastAccepted = Math.max(lastAccepted, (Long) row.values()[3]);
        } else if ("surplus".equals(row.values()[5])) {
          firstSurplus = Math.min(firstSurplus, (Long) row.values()[3]);
        }
      }
    }
    assertThat(summary(context).path("accepted").asInt()).isEqualTo(150);
    assertThat(lastAccepted).isBetween(49L, firstSurplus);
  }

  @Test
  void topKeepsTheBestOfEveryClassOverAllRounds() {
    PipelineSpec spec = spec(augment(100, 1, 3, 3), AGREE, rule("realism", Kind.TOP, 40), DISTINCT);
    StageContext context = AugmentRuns.run(spec, INPUTS, work, "a", DIRECT);
    assertThat(summary(context).path("accepted").asInt()).isEqualTo(120);
    Map<String, Double> realism = new java.util.HashMap<>();
    for (Storage.Entry file : Storage.list(work.resolve("candidates").toString())) {
      AugmentRuns.rows(file.location())
          .forEach(
              row ->
                  realism.put(
                      row.provenance().sampleId(), row.provenance().scores().get("realism")));
    }
    double[] worstKept = {9e9, 9e9, 9e9};
    double[] bestRefused = new double[3];
    for (DatasetRow row : selection(context)) {
      int label = ((Long) row.values()[1]).intValue();
      double score = realism.get((String) row.values()[0]);
      if ((Boolean) row.values()[4]) {
        worstKept[label] = Math.min(worstKept[label], score);
      } else if ("realism:top".equals(row.values()[5])) {
        bestRefused[label] = Math.max(bestRefused[label], score);
      }
    }
    for (int label = 0; label < 3; label++) {
      assertThat(worstKept[label]).isGreaterThanOrEqualTo(bestRefused[label]);
    }
  }

  @Test
  void changedRuleDrawsNothingAgainAndRangesThatAreThereAreKept() throws Exception {
    AugmentSpec augment = augment(1500, 1, 1, 1);
    AugmentRuns.run(spec(augment, AGREE), INPUTS, work, "a", DIRECT);
    long drawn = FakeInputs.DRAWN.get();

    SelectRule stricter = rule("label-agreement", Kind.MIN, 0.8);
    AugmentRuns.run(spec(augment, stricter), INPUTS, work, "b", DIRECT);
    assertThat(FakeInputs.DRAWN.get()).isEqualTo(drawn);

    List<Storage.Entry> files = Storage.list(work.resolve("candidates").toString());
    assertThat(files).hasSize(6);
    Files.delete(Path.of(files.get(0).location()));
    Files.write(Path.of(files.get(3).location()), new byte[] {1, 2, 3});
    StageContext resumed = AugmentRuns.run(spec(augment, stricter), INPUTS, work, "c", DIRECT);
    assertThat(FakeInputs.DRAWN.get()).isEqualTo(drawn + 1024 + 476);
    assertThat(selection(resumed)).hasSize(4500);
  }

  @Test
  void everyRowHasADecisionAndRejectedRowsHaveTheirPayload() {
    PipelineSpec spec = spec(augment(1500, 1, 1, 1), AGREE, REAL, DISTINCT);
    StageContext context = AugmentRuns.run(spec, INPUTS, work, "a", DIRECT);
    Set<Object> ids = new HashSet<>();
    for (DatasetRow row : selection(context)) {
      assertThat(ids.add(row.values()[0])).isTrue();
      assertThat((Boolean) row.values()[4]).isEqualTo("".equals(row.values()[5]));
    }
    assertThat(ids).hasSize(4500);
    List<DatasetRow> rejected =
        AugmentRuns.rows(Storage.resolve(context.attemptDirectory(), "rejected/rejected.parquet"));
    assertThat(rejected).hasSizeBetween(81, 120).allMatch(row -> row.values()[0] != null);
    assertThat(rejected)
        .map(row -> row.values()[2])
        .contains("label-agreement:min", "realism:min", "near-duplicate:drop");
    assertThat(ids).containsAll(rejected.stream().map(row -> row.provenance().sampleId()).toList());
  }

  /**
   * A change here changes what users get from the same spec: raise {@link
   * AugmentStage#codeVersion()}, and {@link AugmentRun#CANDIDATE_VERSION} when scores or samples
   * are others, and then this digest.
   */
  @Test
  void sameInputsGiveTheRowsOfThisCodeVersion() {
    PipelineSpec spec = spec(augment(100, 1, 3, 3), AGREE, REAL, NOVEL, DISTINCT);
    StageContext context = AugmentRuns.run(spec, INPUTS, work, "a", DIRECT);
    assertThat(new AugmentStage(INPUTS).codeVersion()).isEqualTo(6);
    assertThat(AugmentRun.CANDIDATE_VERSION).isEqualTo(5);
    assertThat(AugmentRuns.decisions(context))
        .isEqualTo("33b9052cb2fccdb50ae8ae169110bfddf927a0fc51d5fbcca9c8561baa3d35e4");
  }

  @Test
  void nothingWantedIsASelectionOfNoRows() {
    AugmentSpec balanced =
        new AugmentSpec(new AugmentSpec.BalanceToLargest(2), Map.of(), 1, 2, 2, false);
    StageContext context = AugmentRuns.run(spec(balanced, AGREE), INPUTS, work, "a", DIRECT);
    assertThat(selection(context)).isEmpty();
    assertThat(summary(context).path("classes")).hasSize(3);
  }

  private static AugmentSpec augment(int perClass, double oversample, double cap, int rounds) {
    return new AugmentSpec(
        new AugmentSpec.SyntheticPerClass(perClass), Map.of(), oversample, cap, rounds, false);
  }
}
