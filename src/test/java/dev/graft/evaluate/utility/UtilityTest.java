package dev.graft.evaluate.utility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.evaluate.TinyFamily;
import dev.graft.model.Classifier;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  void mixesRealAndSyntheticRowsEvenly() {
    LabelledRows real = rows(30, 1);
    LabelledRows synthetic = rows(7, 2);
    TrainingSet mixed = TrainingSet.of(Arm.BOTH, real, synthetic).orElseThrow();
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
    assertThat(TrainingSet.of(Arm.REAL, real, synthetic).orElseThrow().rows()).isSameAs(real);
    assertThat(TrainingSet.of(Arm.SYNTHETIC, real, synthetic).orElseThrow().rows())
        .isSameAs(synthetic);
    assertThat(TrainingSet.of(Arm.GENERATED, real, rows(0, 3))).isEmpty();
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

  private static Learner learner(
      ModelFamily<?> family, ModelDefinition definition, Optional<StoredModel> examiner) {
    return new Learner(
        family, definition, SCHEMA, (values, offset, random, out, at) -> {}, 1, examiner);
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
    return new ArmRun(arm, seed, ArmRun.TRAINED, 10, 10, 5, accuracy, List.of(accuracy), null);
  }

  private static final class Recorder implements ModelFamily<Classifier> {
    private final TinyFamily tiny = new TinyFamily();
    private final List<TrainingRun> runs = new ArrayList<>();

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
      return tiny.fit(run);
    }

    @Override
    public Classifier open(StoredModel model) {
      return tiny.open(model);
    }
  }
}
