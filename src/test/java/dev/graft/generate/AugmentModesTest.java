package dev.graft.generate;

import static dev.graft.generate.AugmentRuns.DIRECT;
import static dev.graft.generate.AugmentRuns.digest;
import static dev.graft.generate.AugmentRuns.flink;
import static dev.graft.generate.AugmentRuns.rule;
import static dev.graft.generate.AugmentRuns.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.GenerationMode;
import dev.graft.spec.GenerationMode.Between;
import dev.graft.spec.GenerationMode.Interpolate;
import dev.graft.spec.GenerationMode.Labels;
import dev.graft.spec.GenerationMode.MixClasses;
import dev.graft.spec.GenerationMode.VaryReal;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.stage.StageContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AUGMENT where samples are made from real rows or of two classes. */
class AugmentModesTest {
  private static final FakeInputs INPUTS = new FakeInputs(40);
  private static final SelectRule AGREE = rule("label-agreement", Kind.MIN, 0.3);
  private static final VaryReal VARY = new VaryReal(0.3);

  @TempDir Path work;

  @Test
  void variationsNameTheirSourceAndEveryRowHasItsTurn() {
    Map<String, Integer> labels = labelsOfTrainRows();
    Map<String, Integer> uses = new HashMap<>();
    Set<String> ids = new HashSet<>();
    for (DatasetRow row : candidates(VARY, 1500)) {
      Provenance from = row.provenance();
      assertThat(from.condition())
          .isEqualTo("label=" + row.values()[1] + ";mode=vary;strength=0.3");
      String source = from.sourceIds().get(0);
      assertThat(from.sourceIds()).hasSize(1);
      assertThat(labels.get(source)).isEqualTo(((Long) row.values()[1]).intValue());
      uses.merge(source, 1, Integer::sum);
      ids.add(from.sampleId());
    }
    assertThat(ids).hasSize(4500);
    // 1,500 candidates of 40 rows: 37 whole turns and a half.
    assertThat(uses).hasSize(120);
    assertThat(uses.values()).allMatch(count -> count == 37 || count == 38);
  }

  @Test
  void variationsAreTheSameOnAnyRunner() {
    PipelineSpec spec = spec(augment(VARY, 1100), AGREE);
    String direct = digest(AugmentRuns.run(spec, INPUTS, work.resolve("d"), "a", DIRECT));
    String flink = digest(AugmentRuns.run(spec, INPUTS, work.resolve("f"), "a", flink(4)));
    assertThat(flink).isEqualTo(direct);
  }

  @Test
  void pathsBetweenRowsHaveTwoSourcesOfTheClass() {
    Map<String, Integer> labels = labelsOfTrainRows();
    List<Double> positions = new ArrayList<>();
    for (DatasetRow row : candidates(new Interpolate(Between.ROWS, Labels.HARD), 200)) {
      List<String> sources = row.provenance().sourceIds();
      int label = ((Long) row.values()[1]).intValue();
      assertThat(sources).hasSize(2).doesNotHaveDuplicates();
      assertThat(sources).allMatch(source -> labels.get(source) == label);
      positions.add(attribute(row, "position"));
    }
    assertThat(Collections.min(positions)).isBetween(0.0001, 0.05);
    assertThat(Collections.max(positions)).isBetween(0.95, 0.9999);
  }

  @Test
  void pathsBetweenClassesAreOfTheNearerOne() {
    Map<String, Integer> labels = labelsOfTrainRows();
    Set<Integer> others = new HashSet<>();
    for (DatasetRow row : candidates(new Interpolate(Between.CLASSES, Labels.MIXED), 200)) {
      int label = ((Long) row.values()[1]).intValue();
      List<String> sources = row.provenance().sourceIds();
      int other = labels.get(sources.get(1));
      assertThat(labels.get(sources.get(0))).isEqualTo(label);
      assertThat(other).isNotEqualTo(label);
      others.add(10 * label + other);
      double position = attribute(row, "position");
      assertThat(position).isGreaterThan(0).isLessThan(0.5);
      String shares = row.provenance().condition().replaceAll(".*;shares=", "");
      String[] parts = shares.split("[:,]");
      assertThat(parts[0]).isEqualTo(Integer.toString(label));
      assertThat(parts[2]).isEqualTo(Integer.toString(other));
      assertThat(Double.parseDouble(parts[1]) + Double.parseDouble(parts[3])).isEqualTo(1);
      assertThat(Double.parseDouble(parts[3])).isEqualTo(position);
    }
    assertThat(others).hasSize(6);
  }

  @Test
  void classMixturesTellTheOtherClassAndItsShare() {
    for (DatasetRow row : candidates(new MixClasses(0.4, Labels.HARD), 200)) {
      assertThat(row.provenance().sourceIds()).isEmpty();
      assertThat(row.provenance().condition())
          .contains(";mode=mix-classes;")
          .doesNotContain("shares");
      assertThat(attribute(row, "share")).isGreaterThan(0).isLessThanOrEqualTo(0.4);
      assertThat(attribute(row, "with")).isNotEqualTo(((Long) row.values()[1]).doubleValue());
    }
  }

  @Test
  void everyModeHasCandidatesAndAFingerprintOfItsOwn() {
    List<GenerationMode> modes = new ArrayList<>();
    modes.add(null);
    modes.add(VARY);
    modes.add(new VaryReal(0.31));
    modes.add(new Interpolate(Between.ROWS, Labels.HARD));
    modes.add(new Interpolate(Between.CLASSES, Labels.HARD));
    modes.add(new Interpolate(Between.CLASSES, Labels.MIXED));
    modes.add(new MixClasses(0.4, Labels.HARD));
    modes.add(new MixClasses(0.5, Labels.HARD));
    Set<String> keys = new HashSet<>();
    Set<String> fingerprints = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (GenerationMode mode : modes) {
      StageContext context =
          AugmentRuns.context(spec(augment(mode, 8)), INPUTS, work, "m" + keys.size());
      keys.add(AugmentRun.of(context, INPUTS).candidateKey());
      fingerprints.add(Json.digest(new AugmentStage(INPUTS).fingerprintPart(context.spec(), "")));
      CandidateRange range = new CandidateRange(Condition.ofLabel(1), 0, 0, 1);
      ids.add(SampleDrawer.of(context, INPUTS).draw(range, 0).id(0).hex());
    }
    assertThat(keys).hasSize(modes.size());
    assertThat(fingerprints).hasSize(modes.size());
    assertThat(ids).hasSize(modes.size());
  }

  @Test
  void aSpecWithoutAModeIsWrittenAsBeforeThereWereAny() {
    assertThat(Json.canonical(augment(null, 8))).doesNotContain("mode");
    assertThat(Json.canonical(augment(VARY, 8))).contains("\"mode\":{\"strength\":0.3}");
  }

  /** Raise {@link DerivedDraws#VERSION} when another choice of sources is meant. */
  @Test
  void sourcesAreChosenAsByThisVersion() {
    assertThat(DerivedDraws.VERSION).isEqualTo(1);
    StageContext context =
        AugmentRuns.context(
            spec(augment(new Interpolate(Between.CLASSES, Labels.HARD), 8)), INPUTS, work, "g");
    CandidateRange range = new CandidateRange(Condition.ofLabel(1), 0, 5, 3);
    List<String> origins =
        SampleDrawer.of(context, INPUTS).draw(range, 0).origins().stream()
            .map(origin -> origin.condition().key() + " " + origin.sources())
            .toList();
    assertThat(Json.digest(origins))
        .isEqualTo("5cd8220bd5864d1a05a89231e277e73247e314d927b77d02ff62fdc43a6d249a");
  }

  @Test
  void aSingleRowHasNoPaths() {
    SourcePlan plan = new SourcePlan(INPUTS.rows(null, Part.TRAIN).select(new int[] {0, 3, 1}), 1);
    assertThat(plan.rowBeside(0, 7, 0)).isEqualTo(1);
    assertThat(plan.rowBeside(0, 7, 1)).isEqualTo(0);
    assertThatThrownBy(() -> plan.rowBeside(1, 7, 2))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("class 1 has a single real train row");
    assertThatThrownBy(() -> plan.row(2, 0))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("class 2 has no real train row");
  }

  private List<DatasetRow> candidates(GenerationMode mode, int perClass) {
    AugmentRuns.run(spec(augment(mode, perClass), AGREE), INPUTS, work, "a", DIRECT);
    return Storage.list(work.resolve("candidates").toString()).stream()
        .flatMap(file -> AugmentRuns.rows(file.location()).stream())
        .toList();
  }

  private static Map<String, Integer> labelsOfTrainRows() {
    LabelledRows train = INPUTS.rows(null, Part.TRAIN);
    Map<String, Integer> labels = new HashMap<>();
    int row = 0;
    for (SampleId id : train.ids()) {
      labels.put(id.hex(), train.labels()[row++]);
    }
    return labels;
  }

  private static double attribute(DatasetRow row, String name) {
    String condition = row.provenance().condition();
    return Double.parseDouble(condition.replaceAll(".*;" + name + "=([0-9.]+).*", "$1"));
  }

  private static AugmentSpec augment(GenerationMode mode, int perClass) {
    return new AugmentSpec(
        new AugmentSpec.SyntheticPerClass(perClass), Map.of(), 1, 1, 1, false, null, mode);
  }
}
