package dev.graft.generate;

import static dev.graft.generate.AugmentRuns.DIRECT;
import static dev.graft.generate.AugmentRuns.digest;
import static dev.graft.generate.AugmentRuns.flink;
import static dev.graft.generate.AugmentRuns.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.data.json.Json;
import dev.graft.model.Classifier.Prediction;
import dev.graft.score.ScoringContext;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.AugmentSpec.Where;
import dev.graft.spec.GenerationMode;
import dev.graft.spec.GenerationMode.VaryReal;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More rows where train rows cover tune rows least. */
class UncoveredTest {
  private static final FakeInputs INPUTS = new FakeInputs(40);
  private static final VaryReal VARY = new VaryReal(0.3);

  @TempDir Path work;

  /** Rows with one feature each: where they lie on a line. */
  private static LabelledRows rows(int part, int[] labels) {
    List<SampleId> ids = new ArrayList<>();
    IntStream.range(0, labels.length).forEach(row -> ids.add(new SampleId(part, row)));
    return new LabelledRows(1, new byte[labels.length], labels, ids);
  }

  private static Prediction at(float... places) {
    return new Prediction(places.length, 2, 1, new float[2 * places.length], places);
  }

  /** Two classes; train rows at 0 to 9 and, of class 1, {@code others} at 100 and on. */
  private static Uncovered uncovered(float[] tuneOfOne) {
    float[] train = new float[30];
    int[] labels = new int[30];
    for (int i = 0; i < 30; i++) {
      labels[i] = i < 10 ? 0 : 1;
      train[i] = i < 20 ? i % 10 : 80 + i;
    }
    float[] tune = new float[20];
    int[] tuneLabels = new int[20];
    for (int i = 0; i < 20; i++) {
      tuneLabels[i] = i / 10;
      tune[i] = i < 10 ? i : tuneOfOne[i - 10];
    }
    return Uncovered.of(
        new ScoringContext(
            new DatasetSchema("image", List.of(1, 1, 1), List.of("zero", "one")),
            rows(0, labels),
            at(train),
            rows(1, tuneLabels),
            at(tune)));
  }

  @Test
  void theClassWithRemoteTuneRowsAndTheTrainRowsNextToThemAreNamed() {
    Uncovered uncovered = uncovered(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 119.9f});
    assertThat(uncovered.perClass()).containsExactly(0, 0.1);
    // Train rows 25 to 29 lie at 105 to 109.
    assertThat(uncovered.sources())
        .containsExactlyElementsOf(
            IntStream.range(25, 30).mapToObj(row -> new SampleId(0, row)).toList());
  }

  @Test
  void evenlyCoveredClassesNeedTheSame() {
    Uncovered uncovered = uncovered(new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
    assertThat(uncovered.perClass()[0]).isEqualTo(uncovered.perClass()[1]);
  }

  @Test
  void sourcesThatAreAimedAtHaveHalfOfTheTurns() {
    LabelledRows train = INPUTS.rows(null, Part.TRAIN);
    Set<SampleId> aimed = Set.of(train.ids().get(3), train.ids().get(6));
    SourcePlan plan = new SourcePlan(train, 1, aimed);
    Map<Integer, Integer> uses = new HashMap<>();
    IntStream.range(0, 160).forEach(index -> uses.merge(plan.row(0, index), 1, Integer::sum));
    // 80 turns of 40 rows, and 80 of the two.
    assertThat(uses).hasSize(40);
    assertThat(uses).containsEntry(3, 42).containsEntry(6, 42).containsEntry(0, 2);
    // No row of class 1 is aimed at.
    SourcePlan usual = new SourcePlan(train, 1);
    assertThat(IntStream.range(0, 90).map(index -> plan.row(1, index)))
        .containsExactlyElementsOf(
            IntStream.range(0, 90).map(index -> usual.row(1, index)).boxed().toList());
  }

  @Test
  void aimedVariationsAreTheSameOnAnyRunner() {
    PipelineSpec spec = spec(augment(Where.UNCOVERED, VARY));
    String direct = digest(AugmentRuns.run(spec, INPUTS, work.resolve("d"), "a", DIRECT));
    String flink = digest(AugmentRuns.run(spec, INPUTS, work.resolve("f"), "a", flink(4)));
    assertThat(flink).isEqualTo(direct);
  }

  @Test
  void fingerprintsAndCandidatesAreOfTheirOwnWhereTheyDiffer() {
    Set<String> fingerprints = new HashSet<>();
    Map<String, String> keys = new HashMap<>();
    for (Where where : new Where[] {null, Where.CONFUSIONS, Where.UNCOVERED}) {
      for (GenerationMode mode : new GenerationMode[] {null, VARY}) {
        StageContext context =
            AugmentRuns.context(spec(augment(where, mode)), INPUTS, work, where + "-" + mode);
        fingerprints.add(Json.digest(new AugmentStage(INPUTS).fingerprintPart(context.spec(), "")));
        keys.put(
            where + (mode == null ? "" : " vary"), AugmentRun.of(context, INPUTS).candidateKey());
      }
    }
    assertThat(fingerprints).hasSize(6);
    // Classes that get more rows share their candidates; other sources are other candidates.
    assertThat(keys.get("UNCOVERED")).isEqualTo(keys.get("null"));
    assertThat(keys.get("CONFUSIONS vary")).isEqualTo(keys.get("null vary"));
    assertThat(keys.get("UNCOVERED vary")).isNotEqualTo(keys.get("null vary"));
  }

  private static AugmentSpec augment(Where where, GenerationMode mode) {
    return new AugmentSpec(
        new AugmentSpec.SyntheticPerClass(60), Map.of(), 1, 2, 1, false, where, mode);
  }
}
