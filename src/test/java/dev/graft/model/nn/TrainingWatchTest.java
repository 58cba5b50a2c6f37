package dev.graft.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.json.Json;
import dev.graft.model.Checkpoints;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.ModelDefinition;
import dev.graft.model.RecordedCheckpoints;
import dev.graft.model.TinyImages;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.FaultyLearner.Fault;
import dev.graft.model.nn.FaultyLearner.Kind;
import dev.graft.model.nn.TrainingLoop.Result;
import dev.graft.model.watch.WatchStory.Event;
import dev.graft.model.watch.WatchStory.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A training that collapses is put back, restarted once with safer settings, and marked. */
class TrainingWatchTest {
  private static final double RATE = 0.01;

  /** Half of the rate is safe. */
  private static final double CURED = 0.006;

  private static final double NEVER_CURED = 0;
  private static final long FAULT_AT = 45;

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyFaultIsRolledBackAndRestarted(Kind kind) throws IOException {
    Result result = train(new Fault(kind, FAULT_AT, CURED), "restart", Checkpoints.none());
    assertThat(result.watch().verdict()).isEqualTo(Verdict.RECOVERED);
    assertThat(result.watch().events()).hasSize(1);
    Event event = result.watch().events().get(0);
    boolean atOnce = kind == Kind.NAN || kind == Kind.HUGE_LOSS;
    assertThat(event.step()).isEqualTo(atOnce ? FAULT_AT + 1 : 60);
    assertThat(event.done())
        .startsWith("rolled back to step 40, restarted with clip 0 to 1")
        .contains("learning-rate 0.01 to 0.005");
    assertThat(FaultyLearner.broken(result.weights())).isFalse();
    assertThat(result.bestStep()).isEqualTo(120);
    assertThat(result.history().get(result.history().size() - 1).step()).isEqualTo(120);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void aSecondAlarmEndsWithTheBestWeightsMarkedAsCollapsed(Kind kind) throws IOException {
    Result result = train(new Fault(kind, FAULT_AT, NEVER_CURED), "restart", Checkpoints.none());
    assertThat(result.watch().verdict()).isEqualTo(Verdict.COLLAPSED);
    assertThat(result.watch().events()).hasSize(2);
    assertThat(result.watch().events().get(1).done()).endsWith("ended and marked as collapsed");
    assertThat(FaultyLearner.broken(result.weights())).isFalse();
    assertThat(result.bestStep()).isEqualTo(40);
    assertThat(result.figures()).isEqualTo(Map.of("tune-loss", 1.0 / 40));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void continuedFromAnyCheckpointTheStoryIsTheSame(Kind kind) throws IOException {
    for (double above : List.of(CURED, NEVER_CURED)) {
      Fault fault = new Fault(kind, FAULT_AT, above);
      RecordedCheckpoints all = RecordedCheckpoints.fresh();
      Result whole = train(fault, "restart", all);
      assertThat(all.saved()).hasSizeGreaterThanOrEqualTo(3);
      for (Checkpoints.Checkpoint checkpoint : all.saved()) {
        Result continued = train(fault, "restart", RecordedCheckpoints.from(checkpoint));
        assertThat(continued.watch()).isEqualTo(whole.watch());
        assertThat(continued.history()).isEqualTo(whole.history());
        assertThat(continued.bestStep()).isEqualTo(whole.bestStep());
        assertThat(continued.weights().toString()).isEqualTo(whole.weights().toString());
      }
    }
  }

  @Test
  void aFaultFromTheStartIsFoundInTheSecondHalf() throws IOException {
    Result result = train(new Fault(Kind.CONSTANT, 0, CURED), "restart", Checkpoints.none());
    assertThat(result.watch().events()).hasSize(1);
    assertThat(result.watch().events().get(0).step()).isEqualTo(60);
    assertThat(result.watch().events().get(0).done()).startsWith("rolled back to the start");
    assertThat(FaultyLearner.broken(result.weights())).isFalse();
  }

  @Test
  void aShortTrainingMayWaitForTheGeneratorToLearn() throws IOException {
    Fault fromTheStart = new Fault(Kind.CONSTANT, 0, NEVER_CURED);
    assertThat(train(fromTheStart, "end, wait", Checkpoints.none()).watch().verdict())
        .isEqualTo(Verdict.HEALTHY);
    Fault later = new Fault(Kind.CONSTANT, FAULT_AT, NEVER_CURED);
    assertThat(train(later, "end, wait", Checkpoints.none()).watch().verdict())
        .isEqualTo(Verdict.COLLAPSED);
  }

  @Test
  void endsAtTheFirstAlarmWhereTheDefinitionSaysSo() throws IOException {
    Result result = train(new Fault(Kind.CONSTANT, FAULT_AT, CURED), "end", Checkpoints.none());
    assertThat(result.watch().verdict()).isEqualTo(Verdict.COLLAPSED);
    assertThat(result.watch().events()).hasSize(1);
    assertThat(result.bestStep()).isEqualTo(40);
  }

  @Test
  void nothingIsSeenWhereNobodyLooks() throws IOException {
    Result result = train(new Fault(Kind.CONSTANT, FAULT_AT, CURED), "none", Checkpoints.none());
    assertThat(result.watch()).isNull();
    assertThat(FaultyLearner.broken(result.weights())).isTrue();
    assertThat(result.history()).allMatch(point -> point.values().keySet().size() == 2);
    assertThatThrownBy(
            () -> train(new Fault(Kind.NAN, FAULT_AT, CURED), "none", Checkpoints.none()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("train-loss is NaN at step 46; lower training.learning-rate (0.01)");
  }

  @Test
  void lossesWithoutAnyWeightsToKeepAreAnError() {
    assertThatThrownBy(
            () -> train(new Fault(Kind.NAN, 0, NEVER_CURED), "restart", Checkpoints.none()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("train-loss is NaN at step 2; lower training.learning-rate (0.005)");
  }

  @Test
  void healthyTrainingsNeverAlarm() throws IOException {
    for (long seed = 1; seed <= 10; seed++) {
      Result result = train(new Fault(Kind.NAN, 1000, 1), "restart", seed, Checkpoints.none());
      assertThat(result.watch().verdict()).isEqualTo(Verdict.HEALTHY);
      for (HistoryPoint point : result.history()) {
        assertThat(point.values().get("watch-coverage")).isGreaterThan(0.9);
        assertThat(point.values().get("watch-diversity")).isBetween(0.8, 1.25);
        assertThat(point.values().get("watch-duplicates")).isZero();
      }
    }
  }

  @Test
  void meansOfClassesThatAreAllNoiseBesidesAreNoCollapse() throws IOException {
    Result result =
        train(
            new Fault(Kind.CONSTANT, 0, NEVER_CURED),
            "restart",
            5,
            Checkpoints.none(),
            TinyImages.rows(1, 120, 1),
            TinyImages.rows(1, 90, 2));
    assertThat(result.watch().verdict()).isEqualTo(Verdict.HEALTHY);
  }

  private static Result train(Fault fault, String onAlarm, Checkpoints checkpoints)
      throws IOException {
    return train(fault, onAlarm, 5, checkpoints);
  }

  private static Result train(Fault fault, String onAlarm, long seed, Checkpoints checkpoints)
      throws IOException {
    return train(
        fault, onAlarm, seed, checkpoints, VariedImages.rows(120, 1), VariedImages.rows(90, 2));
  }

  private static Result train(
      Fault fault,
      String onAlarm,
      long seed,
      Checkpoints checkpoints,
      LabelledRows real,
      LabelledRows tune)
      throws IOException {
    TrainingRun run =
        new TrainingRun(
            "faulty",
            definition(onAlarm),
            TinyImages.schema(1),
            real,
            tune,
            seed,
            checkpoints,
            null);
    try (TrainingLoop loop =
        new TrainingLoop(
            run,
            (stretch, settings, saved) -> new FaultyLearner(fault, settings, saved),
            new Watched(
                SaferTraining::of,
                weights -> Optional.of(FaultyLearner.sampler(fault, weights))))) {
      return loop.run();
    }
  }

  /**
   * @param onAlarm and, after a comma, what the watch does in the second half
   */
  private static ModelDefinition definition(String onAlarm) {
    String[] words = onAlarm.split(", ");
    String secondHalf = words.length > 1 ? words[1] : "alarm";
    return new ModelDefinition(
        "faulty",
        "faulty",
        Json.tree(Map.of()),
        Json.tree(
            Map.ofEntries(
                Map.entry("steps", 120),
                Map.entry("batch", 8),
                Map.entry("learning-rate", RATE),
                Map.entry("schedule", "constant"),
                Map.entry("warm-up", 0),
                Map.entry("clip", 0),
                Map.entry("ema", 0),
                Map.entry("eval-every", 10),
                Map.entry("patience", 0),
                Map.entry("keep", "best"),
                Map.entry("checkpoint-every", 15),
                Map.entry(
                    "watch",
                    Map.of(
                        "on-alarm",
                        words[0],
                        "second-half",
                        secondHalf,
                        "rows",
                        90,
                        "evaluations",
                        2)))),
        new ModelDefinition.Compute(1, 8, "default"));
  }
}
