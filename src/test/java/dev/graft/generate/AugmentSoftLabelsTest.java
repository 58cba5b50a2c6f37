package dev.graft.generate;

import static dev.graft.generate.AugmentRuns.DIRECT;
import static dev.graft.generate.AugmentRuns.rule;
import static dev.graft.generate.AugmentRuns.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.graft.data.io.Storage;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.score.SoftLabels;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.stage.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Candidates with the judge's probabilities of all classes. */
class AugmentSoftLabelsTest {
  private static final FakeInputs INPUTS = new FakeInputs(300);
  private static final SelectRule AGREE = rule("label-agreement", Kind.MIN, 0.6);
  private static final SelectRule DISTINCT = rule("near-duplicate", Kind.DROP, 4);

  @TempDir Path work;

  private static AugmentSpec augment(boolean softLabels) {
    return new AugmentSpec(
        new AugmentSpec.SyntheticPerClass(200),
        Map.of(),
        1,
        2,
        2,
        false,
        null,
        null,
        Map.of(),
        0,
        softLabels);
  }

  private static List<DatasetRow> candidates(StageContext context) {
    List<DatasetRow> rows = new ArrayList<>();
    Storage.list(Storage.resolve(context.workDirectory(), "candidates"))
        .forEach(file -> rows.addAll(AugmentRuns.rows(file.location())));
    return rows;
  }

  @Test
  void candidatesHaveTheJudgesProbabilitiesAndAreOtherwiseTheSame() {
    StageContext plain =
        AugmentRuns.run(spec(augment(false), AGREE), INPUTS, work.resolve("p"), "a", DIRECT);
    StageContext soft =
        AugmentRuns.run(spec(augment(true), AGREE), INPUTS, work.resolve("s"), "a", DIRECT);
    assertThat(AugmentRuns.decisions(soft)).isEqualTo(AugmentRuns.decisions(plain));
    assertThat(candidates(plain)).isNotEmpty().allMatch(row -> row.values().length == 3);
    assertThat(candidates(soft))
        .isNotEmpty()
        .allSatisfy(
            row -> {
              List<?> labels = (List<?>) row.values()[3];
              assertThat(labels).hasSize(FakeInputs.CLASSES);
              assertThat(labels.stream().mapToDouble(label -> (Double) label).sum())
                  .isCloseTo(1, within(1e-6));
              int asked = ((Long) row.values()[1]).intValue();
              assertThat((Double) labels.get(asked))
                  .isGreaterThan(row.provenance().scores().get("label-agreement") - 2e-5);
            });
  }

  @Test
  void theJudgeIsAskedEvenWhereNoRuleAsksIt() {
    for (PipelineSpec spec : List.of(spec(augment(true)), spec(augment(true), DISTINCT))) {
      Path place = work.resolve(Integer.toString(spec.select().size()));
      List<DatasetRow> rows = candidates(AugmentRuns.run(spec, INPUTS, place, "a", DIRECT));
      assertThat(rows).hasSizeGreaterThanOrEqualTo(600);
      assertThat(rows)
          .allSatisfy(
              row -> {
                assertThat(row.provenance().scores()).isEmpty();
                assertThat((List<?>) row.values()[3]).hasSize(FakeInputs.CLASSES);
              });
    }
  }

  @Test
  void rowsAreTheSameAtAnyParallelism() {
    PipelineSpec spec = spec(augment(true), AGREE, DISTINCT);
    String one =
        AugmentRuns.digest(
            AugmentRuns.run(
                spec,
                INPUTS,
                work.resolve("1"),
                "a",
                List.of("--runner=DirectRunner", "--targetParallelism=1")));
    assertThat(AugmentRuns.digest(AugmentRuns.run(spec, INPUTS, work.resolve("2"), "a", DIRECT)))
        .isEqualTo(one);
  }

  @Test
  void fingerprintAndCandidateKeyTellOfThemOnlyWhereTheyAreAskedFor() {
    AugmentStage stage = new AugmentStage(INPUTS);
    assertThat(stage.fingerprintPart(spec(augment(false), AGREE), "").has("soft-labels")).isFalse();
    assertThat(stage.fingerprintPart(spec(augment(true), AGREE), "").get("soft-labels").asInt())
        .isEqualTo(SoftLabels.VERSION);
    AugmentSpec unstated =
        new AugmentSpec(new AugmentSpec.SyntheticPerClass(200), Map.of(), 1, 2, 2, false);
    assertThat(key(augment(false), "a")).isEqualTo(key(unstated, "b"));
    assertThat(key(augment(true), "c")).isNotEqualTo(key(unstated, "d"));
  }

  private String key(AugmentSpec augment, String attempt) {
    return AugmentRun.of(AugmentRuns.context(spec(augment, AGREE), INPUTS, work, attempt), INPUTS)
        .candidateKey();
  }
}
