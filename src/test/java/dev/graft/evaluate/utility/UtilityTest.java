package dev.graft.evaluate.utility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.data.json.Json;
import dev.graft.evaluate.TinyFamily;
import dev.graft.evaluate.utility.Choice.Trial;
import dev.graft.model.Classifier;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.spec.EvaluateSpec.Choose;
import dev.graft.spec.MixingRatio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UtilityTest {
  private static final DatasetSchema SCHEMA =
      new DatasetSchema("image", List.of(1, 2, 2), List.of("dark", "light"));

  @Test
  void intervalIsStudents() {
    Interval interval = Interval.of(0.80, 0.82, 0.84);
    assertThat(interval.mean()).isEqualTo(0.82);
    assertThat(interval.deviation()).isCloseTo(0.02, within(1e-9));
    // t(0.975, 2) = 4.302653, times 0.02 / sqrt(3)
    assertThat(interval.high() - interval.mean()).isCloseTo(0.049683, within(2e-6));
    assertThat(interval.mean() - interval.low()).isCloseTo(0.049683, within(2e-6));
    assertThat(Interval.of(0.8)).isEqualTo(new Interval(1, 0.8, null, null, null));
  }

  @Test
  void pairsRunsOfEqualNumber() {
    UtilityFigures figures =
        UtilityFigures.of(
            "learner",
            "digest",
            List.of("both", "classical", "real"),
            List.of(
                run("classical", 2, 0.70),
                run("both", 0, 0.91),
                run("classical", 0, 0.90),
                run("both", 1, 0.82),
                run("classical", 1, 0.80)));
    ArmFigures both = figures.arm("both").orElseThrow();
    assertThat(both.gain().values()).isEqualTo(2);
    assertThat(both.gain().mean()).isEqualTo(0.015);
    assertThat(both.gain().deviation()).isEqualTo(0.007071);
    assertThat(figures.arm("classical").orElseThrow().gain()).isNull();
    assertThat(figures.arm("real").orElseThrow().reason()).isEqualTo("was not run");
  }

  @Test
  void knowsTheBetterOfTheArmsOfRealRows() {
    List<ArmRun> runs =
        List.of(run("real", 0, 0.9), run("classical", 0, 0.8), run("both", 0, 0.85));
    List<String> order = List.of("real", "classical", "both");
    UtilityFigures figures = UtilityFigures.of("learner", "digest", order, runs);
    assertThat(figures.bestReal()).contains("real");
    assertThat(figures.gain("both", "real").orElseThrow().mean()).isEqualTo(-0.05);
    assertThat(figures.arm("both").orElseThrow().gain().mean()).isEqualTo(0.05);
    assertThat(UtilityFigures.of("learner", "digest", List.of("both"), runs).bestReal()).isEmpty();
  }

  @Test
  void mixesRealAndSyntheticRowsEvenly() {
    LabelledRows real = rows(30, 1);
    LabelledRows synthetic = rows(7, 2);
    TrainingSet mixed = TrainingSet.of(Arm.BOTH, MixingRatio.EVEN, real, synthetic);
    assertThat(mixed.realRows()).isEqualTo(30);
    assertThat(mixed.syntheticRows()).isEqualTo(7);
    long fromReal = mixed.rows().ids().stream().filter(id -> real.ids().contains(id)).count();
    assertThat(mixed.rows().size()).isEqualTo(60);
    assertThat(fromReal).isEqualTo(30);
    assertThat(mixed.rows().ids()).isSorted();
    for (int i = 0; i < 60; i++) {
      assertThat(mixed.rows().values()[4 * i]).isEqualTo((byte) mixed.rows().ids().get(i).low());
      assertThat(mixed.rows().labels()[i]).isEqualTo(mixed.rows().values()[4 * i] == 20 ? 0 : 1);
    }
    assertThat(TrainingSet.of(Arm.REAL, null, real, synthetic).rows()).isSameAs(real);
    assertThat(TrainingSet.of(Arm.SYNTHETIC, null, real, synthetic).rows()).isSameAs(synthetic);
  }

  @Test
  void theExaminerCountsAsARunOfTheArmItWasTrainedAs() throws Exception {
    ModelDefinition definition = definition(false);
    Recorder family = new Recorder();
    Learner learner = learner(family, definition, Optional.of(examiner(definition)));
    UtilityRows rows = new UtilityRows(rows(30, 1), rows(9, 2), rows(12, 3), rows(10, 4));

    ArmRun reused = learner.run(Arm.REAL, 0, rows);
    assertThat(reused.source()).isEqualTo(ArmRun.EXAMINER);
    assertThat(family.runs).isEmpty();

    assertThat(learner.run(Arm.REAL, 1, rows).source()).isEqualTo(ArmRun.TRAINED);
    learner.run(Arm.CLASSICAL, 0, rows);
    learner.run(Arm.BOTH, 0, rows);
    learner.run(Arm.SYNTHETIC, 1, rows);
    List<Long> seeds = family.runs.stream().map(TrainingRun::seed).toList();
    assertThat(seeds.get(1)).isEqualTo(seeds.get(2)).isEqualTo(4242L);
    assertThat(seeds.get(0)).isEqualTo(seeds.get(3)).isNotEqualTo(4242L);
    assertThat(family.runs)
        .extracting(run -> run.definition().training().get("augment").asBoolean())
        .containsExactly(false, true, true, false);
  }

  @Test
  void anotherRecipeIsTrainedAfresh() throws Exception {
    Recorder family = new Recorder();
    ObjectNode other = definition(false).training().deepCopy();
    other.put("steps", 99);
    ModelDefinition longer =
        new ModelDefinition(
            "x", "tiny", definition(false).architecture(), other, definition(false).compute());
    Learner learner = learner(family, definition(false), Optional.of(examiner(longer)));
    UtilityRows rows = new UtilityRows(rows(30, 1), rows(9, 2), rows(12, 3), rows(10, 4));
    assertThat(learner.run(Arm.REAL, 0, rows).source()).isEqualTo(ArmRun.TRAINED);
    assertThat(family.runs.get(0).seed()).isNotEqualTo(4242L);
  }

  @Test
  void testsOnRealTestRowsPerClass() throws Exception {
    Learner learner = learner(new Recorder(), definition(false), Optional.empty());
    UtilityRows rows = new UtilityRows(rows(30, 1), rows(9, 2), rows(12, 3), rows(0, 4));
    ArmRun run = learner.run(Arm.REAL, 0, rows);
    assertThat(run.accuracy()).isEqualTo(1);
    assertThat(run.recall()).containsExactly(1.0, 1.0);
    ArmRun none = learner.run(Arm.SYNTHETIC, 0, rows);
    assertThat(none.isDone()).isFalse();
    assertThat(none.reason()).contains("no synthetic rows");
  }

  @Test
  void withoutTestRowsThereIsNoAccuracy() throws Exception {
    Recorder family = new Recorder();
    Learner learner = learner(family, definition(false), Optional.empty());
    UtilityRows rows = new UtilityRows(rows(30, 1), rows(9, 2), rows(0, 3), rows(10, 4));
    ArmRun run = learner.run(Arm.REAL, 0, rows);
    assertThat(run.isDone()).isFalse();
    assertThat(run.reason()).isEqualTo("there are no real test rows");
    assertThat(family.runs).isEmpty();
    UtilityFigures figures = UtilityFigures.of("learner", "digest", List.of("real"), List.of(run));
    assertThat(figures.arm("real").orElseThrow().accuracy()).isNull();
    assertThat(Json.pretty(figures)).contains("there are no real test rows").doesNotContain("NaN");
  }

  @Test
  void mixesInARatio() {
    LabelledRows real = rows(30, 1);
    LabelledRows synthetic = rows(7, 2);
    TrainingSet mixed = TrainingSet.of(Arm.GENERATED, new MixingRatio(4, 1), real, synthetic);
    assertThat(mixed.realRows()).isEqualTo(30);
    assertThat(mixed.syntheticRows()).isEqualTo(7);
    assertThat(mixed.rows().ids()).hasSize(40).containsAll(real.ids()).containsAll(synthetic.ids());
    assertThat(mixed.rows().ids().stream().filter(real.ids()::contains)).hasSize(32);
    MixingRatio huge = new MixingRatio(100_000_000, 1);
    assertThatThrownBy(() -> TrainingSet.of(Arm.GENERATED, huge, real, synthetic))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("30 real and 7 synthetic rows")
        .hasMessageContaining("take a ratio nearer to that of the rows");
  }

  @Test
  void choosesOnTuneAndTestsTheChosenAlone() throws Exception {
    Recorder family = new Recorder(after(10).or(after(40)));
    Choose choose = new Choose(List.of(30, 10, 20, 40), List.of(new MixingRatio(4, 1)));
    Learner learner = learner(family, definition(false), choose, Optional.empty());
    UtilityRows rows = // by TEST the misled ones would be right
        new UtilityRows(rows(30, 1), rows(9, 2), swapped(rows(12, 3)), rows(10, 4));
    ArmRun run = learner.run(Arm.CLASSICAL, 1, rows);
    assertThat(run.choice().tried())
        .containsExactly(
            new Trial(10, null, 0),
            new Trial(20, null, 1),
            new Trial(30, null, 1),
            new Trial(40, null, 0));
    assertThat(run.choice().chosen()).isEqualTo(new Trial(20, null, 1));
    assertThat(run.accuracy()).isZero();
    assertThat(family.runs).extracting(TrainingRun::seed).hasSize(4).containsOnly(seed(family, 0));
    assertThat(family.runs)
        .allMatch(fit -> fit.definition().training().get("augment").asBoolean())
        .allMatch(fit -> fit.augmenter() != null);
    assertThat(learner.run(Arm.CLASSICAL, 1, rows)).isEqualTo(run);
  }

  @Test
  void ofEquallyGoodTrainingsTheShorterAndThenTheMoreRealIsChosen() throws Exception {
    List<MixingRatio> ratios =
        List.of(MixingRatio.of("1:3"), MixingRatio.EVEN, MixingRatio.of("4:1"));
    Choose choose = new Choose(List.of(20, 10), ratios);
    UtilityRows rows = new UtilityRows(rows(30, 1), rows(9, 2), rows(12, 3), rows(10, 4));
    ArmRun run =
        learner(new Recorder(), definition(false), choose, Optional.empty())
            .run(Arm.GENERATED, 0, rows);
    assertThat(run.choice().tried())
        .extracting(trial -> trial.steps() + " " + trial.ratio())
        .containsExactly("10 4:1", "10 1:1", "10 1:3", "20 4:1", "20 1:1", "20 1:3");
    assertThat(run.choice().chosen()).isEqualTo(new Trial(10, MixingRatio.of("4:1"), 1));

    ArmRun longer =
        learner(new Recorder(after(10)), definition(false), choose, Optional.empty())
            .run(Arm.GENERATED, 0, rows);
    assertThat(longer.choice().chosen()).isEqualTo(new Trial(20, MixingRatio.of("4:1"), 1));
    assertThat(UtilityFigures.of("x", "", List.of("generated"), List.of(run)).ratio()).isNull();
    assertThat(UtilityFigures.of("x", "", List.of("real"), List.of(run("real", 0, 1))).ratio())
        .isEqualTo(MixingRatio.EVEN);
  }

  @Test
  void ratiosAloneLeaveTheLearnersSteps() throws Exception {
    Recorder family = new Recorder();
    Choose choose = new Choose(List.of(), List.of(MixingRatio.of("4:1")));
    UtilityRows rows = new UtilityRows(rows(30, 1), rows(9, 2), rows(12, 3), rows(10, 4));
    ArmRun run =
        learner(family, definition(false), choose, Optional.empty()).run(Arm.BOTH, 0, rows);
    assertThat(run.choice().tried()).containsExactly(new Trial(2, MixingRatio.of("4:1"), 1));
    assertThat(family.runs.get(0).train().size()).isEqualTo(50);
    assertThat(UtilityFigures.of("x", "", List.of("both"), List.of(run)).ratio())
        .isEqualTo(MixingRatio.of("4:1"));
  }

  @Test
  void theExaminerStandsInForItsOwnRecipeAlone() throws Exception {
    ModelDefinition definition = definition(false); // 2 steps
    Choose choose = new Choose(List.of(2, 9), List.of());
    Recorder family = new Recorder(after(9));
    Learner learner = learner(family, definition, choose, Optional.of(examiner(definition)));
    UtilityRows rows = new UtilityRows(rows(30, 1), rows(9, 2), rows(12, 3), rows(10, 4));
    ArmRun reused = learner.run(Arm.REAL, 0, rows);
    assertThat(reused.source()).isEqualTo(ArmRun.EXAMINER);
    assertThat(reused.choice().tried())
        .containsExactly(new Trial(2, null, 1), new Trial(9, null, 0));
    assertThat(family.runs).hasSize(1);
    assertThat(seed(family, 0)).isEqualTo(4242);

    UtilityRows other =
        new UtilityRows(rows.train(), swapped(rows.tune()), rows.test(), rows.synthetic());
    ArmRun trained = learner.run(Arm.REAL, 0, other);
    assertThat(trained.source()).isEqualTo(ArmRun.TRAINED);
    assertThat(trained.choice().chosen()).isEqualTo(new Trial(9, null, 1));
  }

  private static long seed(Recorder family, int run) {
    return family.runs.get(run).seed();
  }

  private static Learner learner(
      ModelFamily<?> family, ModelDefinition definition, Optional<StoredModel> examiner) {
    return learner(family, definition, null, examiner);
  }

  private static Learner learner(
      ModelFamily<?> family,
      ModelDefinition definition,
      Choose choose,
      Optional<StoredModel> examiner) {
    return new Learner(
        family,
        definition,
        choose,
        SCHEMA,
        (values, offset, label, random, out, at) -> {},
        1,
        examiner);
  }

  private static ModelDefinition definition(boolean augment) {
    ObjectNode training = JsonNodeFactory.instance.objectNode();
    training.put("steps", 2).put("augment", augment);
    return new ModelDefinition(
        "learner",
        "tiny",
        JsonNodeFactory.instance.objectNode(),
        training,
        new ModelDefinition.Compute(1, 16, "avx2"));
  }

  private static StoredModel examiner(ModelDefinition definition) {
    FittedModel fitted =
        new TinyFamily()
            .fit(
                new TrainingRun("", definition, SCHEMA, rows(30, 1), rows(9, 2), 4242, null, null));
    return new StoredModel(
        new StoredModel.ModelCard(
            "examiner", "d", definition, SCHEMA, "", 4242, "", 2, Map.of(), List.of()),
        fitted.weights());
  }

  private static Predicate<TrainingRun> after(int steps) {
    return run -> run.definition().training().get("steps").asInt() == steps;
  }

  /** The same rows, each labelled as the other class. */
  private static LabelledRows swapped(LabelledRows rows) {
    int[] labels = Arrays.stream(rows.labels()).map(label -> 1 - label).toArray();
    return new LabelledRows(rows.rowSize(), rows.values(), labels, rows.ids());
  }

  /** Every second row dark; the first value of a row is the low word of its id. */
  private static LabelledRows rows(int count, int set) {
    byte[] values = new byte[4 * count];
    List<SampleId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Arrays.fill(values, 4 * i, 4 * i + 4, (byte) (i % 2 == 0 ? 20 : 120));
      SampleId id = new SampleId(SampleId.real("set" + set, i).high() >>> 1, values[4 * i]);
      ids.add(id);
    }
    int[] labels = IntStream.range(0, count).map(i -> i % 2).toArray();
    List<Integer> order =
        IntStream.range(0, count).boxed().sorted(java.util.Comparator.comparing(ids::get)).toList();
    return new LabelledRows(4, values, labels, ids)
        .select(order.stream().mapToInt(Integer::intValue).toArray());
  }

  private static ArmRun run(String arm, int seed, double accuracy) {
    return new ArmRun(
        arm, seed, ArmRun.TRAINED, 10, 10, 5, accuracy, List.of(accuracy), null, null);
  }

  private static final class Recorder implements ModelFamily<Classifier> {
    private final TinyFamily tiny = new TinyFamily();
    private final List<TrainingRun> runs = new ArrayList<>();
    private final Predicate<TrainingRun> misled;

    Recorder() {
      this(run -> false);
    }

    /** Of a run that is misled every prediction is wrong. */
    Recorder(Predicate<TrainingRun> misled) {
      this.misled = misled;
    }

    @Override
    public String name() {
      return "tiny";
    }

    @Override
    public String description() {
      return "";
    }

    @Override
    public Class<Classifier> modelType() {
      return Classifier.class;
    }

    @Override
    public FittedModel fit(TrainingRun run) {
      runs.add(run);
      return tiny.fit(
          misled.test(run)
              ? new TrainingRun(
                  run.task(),
                  run.definition(),
                  run.schema(),
                  swapped(run.train()),
                  run.tune(),
                  run.seed(),
                  run.checkpoints(),
                  run.augmenter())
              : run);
    }

    @Override
    public Classifier open(StoredModel model) {
      return tiny.open(model);
    }
  }
}
