package dev.graft.evaluate.utility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.LabelledRows;
import dev.graft.data.SampleId;
import dev.graft.spec.MixingRatio;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RarestClassTest {
  private static final List<String> ORDER = List.of("real", "oversampled", "generated");

  /** Two runs of each arm; the second class is known by 0.2, 0.5 and 0.6 of its rows. */
  private static final List<ArmRun> RUNS =
      List.of(
          run("real", 0, 0.8, 0.1),
          run("real", 1, 0.8, 0.3),
          run("oversampled", 0, 0.7, 0.4),
          run("oversampled", 1, 0.7, 0.6),
          run("generated", 0, 0.75, 0.5),
          run("generated", 1, 0.75, 0.7));

  @Test
  void tellsRecallAndPairedGainOfTheRarestClass() {
    UtilityFigures figures =
        UtilityFigures.of("learner", "", ORDER, RUNS).withRarest(rows(90, 3), 2);
    RarestClass rarest = figures.rarest();
    assertThat(rarest.label()).isEqualTo(1);
    assertThat(rarest.trainRows()).isEqualTo(3);
    assertThat(rarest.over()).isEqualTo("oversampled");
    assertThat(rarest.arms()).extracting(arm -> arm.recall().mean()).containsExactly(0.2, 0.5, 0.6);
    assertThat(rarest.arms().get(1).gain()).isNull();
    Interval gain = rarest.arms().get(2).gain();
    assertThat(gain.mean()).isEqualTo(0.1);
    assertThat(gain.low()).isEqualTo(0.1);
    assertThat(rarest.arms().get(0).gain().mean()).isEqualTo(-0.3);
  }

  @Test
  void evenClassesHaveNone() {
    UtilityFigures figures = UtilityFigures.of("learner", "", ORDER, RUNS);
    assertThat(figures.withRarest(rows(8, 3), 2).rarest()).isNull();
    assertThat(figures.withRarest(rows(9, 3), 2).rarest()).isNotNull();
  }

  @Test
  void withoutOversamplingTheBestArmOfRealRowsIsComparedWith() {
    UtilityFigures figures =
        UtilityFigures.of("learner", "", List.of("real", "generated"), RUNS)
            .withRarest(rows(90, 3), 2);
    assertThat(figures.rarest().over()).isEqualTo("real");
    assertThat(figures.rarest().arms()).hasSize(2);
  }

  @Test
  void smallClassesAreRepeatedUntilAllAreAsLarge() {
    LabelledRows real = rows(7, 3);
    TrainingSet set = TrainingSet.of(Arm.OVERSAMPLED, MixingRatio.EVEN, real, real);
    assertThat(set.realRows()).isEqualTo(10);
    assertThat(set.syntheticRows()).isZero();
    assertThat(set.rows().size()).isEqualTo(14);
    assertThat(Arrays.stream(set.rows().labels()).sum()).isEqualTo(7);
    assertThat(set.rows().ids()).containsAll(real.ids()).isSorted();
    long first = set.rows().ids().stream().filter(real.ids().get(7)::equals).count();
    long last = set.rows().ids().stream().filter(real.ids().get(9)::equals).count();
    assertThat(List.of(first, last)).containsExactly(3L, 2L);
  }

  @Test
  void smallClassesAreFilledWithSyntheticAndRepeatedRealRowsInTurn() {
    LabelledRows real = rows(9, 3);
    SampleId synthetic = new SampleId(1, 0);
    LabelledRows generated = new LabelledRows(1, new byte[1], new int[] {1}, List.of(synthetic));
    TrainingSet set = TrainingSet.of(Arm.FILLED, null, real, generated);
    assertThat(set.realRows()).isEqualTo(12);
    assertThat(set.syntheticRows()).isEqualTo(1);
    assertThat(Arrays.stream(set.rows().labels()).filter(label -> label == 1)).hasSize(9);
    assertThat(set.rows().ids()).hasSize(18).containsAll(real.ids()).isSorted();
    assertThat(set.rows().ids().stream().filter(synthetic::equals)).hasSize(3);
    LabelledRows none = generated.select(new int[0]);
    assertThat(TrainingSet.of(Arm.FILLED, null, rows(9, 9), generated).syntheticRows()).isZero();
    assertThat(TrainingSet.of(Arm.FILLED, null, real, none).rows().ids())
        .isEqualTo(TrainingSet.of(Arm.OVERSAMPLED, null, real, none).rows().ids());
  }

  private static ArmRun run(String arm, int seed, double accuracy, double recall) {
    List<Double> recalls = List.of(0.9, recall);
    return new ArmRun(arm, seed, ArmRun.TRAINED, 10, 0, 5, accuracy, recalls, null, null);
  }

  /** So many rows of class 0, then of class 1, in the order of their ids. */
  private static LabelledRows rows(int many, int few) {
    int[] labels = IntStream.range(0, many + few).map(row -> row < many ? 0 : 1).toArray();
    List<SampleId> ids =
        IntStream.range(0, many + few).mapToObj(row -> new SampleId(0, row)).toList();
    return new LabelledRows(1, new byte[many + few], labels, ids);
  }
}
