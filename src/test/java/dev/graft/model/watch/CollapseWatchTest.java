package dev.graft.model.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Condition;
import dev.graft.data.LabelledRows;
import dev.graft.data.json.Json;
import dev.graft.model.Checkpoints;
import dev.graft.model.ModelDefinition;
import dev.graft.model.Sampler;
import dev.graft.model.TinyImages;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.VariedImages;
import dev.graft.model.watch.CollapseWatch.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What has not learnt yet has not collapsed; what stopped learning before it was any good has. */
class CollapseWatchTest {
  private static final int CLASSES = 3;
  private static final int EVERY = 10;
  private static final int STEPS = 120;
  private static final LabelledRows REAL = VariedImages.rows(90, 7);

  @Test
  void rowsThatBecomeMoreVariedAreNoAlarm() {
    assertThat(alarms(evaluation -> 0.01 * Math.pow(1.25, evaluation))).isEmpty();
  }

  @Test
  void rowsThatStayTheSameAreOneFromTheSecondHalfOn() {
    List<Integer> alarms = alarms(evaluation -> 0.03);
    assertThat(alarms).startsWith(STEPS / 2).hasSize(STEPS / 2 / EVERY + 1);
  }

  @Test
  void soAreThoseThatStopTooEarly() {
    assertThat(alarms(evaluation -> 0.01 * Math.pow(1.25, Math.min(evaluation, 8))))
        .startsWith(9 * EVERY);
  }

  /**
   * Steps of a training at which there is an alarm.
   *
   * @param variety of the rows that are drawn at each evaluation, over that of real ones
   */
  private static List<Integer> alarms(IntToDoubleFunction variety) {
    CollapseWatch watch = new CollapseWatch(run(), new WatchSettings("end", 90, "alarm", 2));
    List<Integer> alarms = new ArrayList<>();
    for (int step = EVERY; step <= STEPS; step += EVERY) {
      byte[] drawn =
          watch.draw(sampler(variety.applyAsDouble(step / EVERY)), Sampler.Controls.NONE);
      Look look = watch.look(step, EVERY, STEPS, drawn, OptionalDouble.empty());
      if (look.alarm() != null) {
        alarms.add(step);
      }
    }
    return alarms;
  }

  private static TrainingRun run() {
    return new TrainingRun(
        "watched",
        new ModelDefinition(
            "x",
            "x",
            Json.tree(Map.of()),
            Json.tree(Map.of()),
            new ModelDefinition.Compute(1, 8, "default")),
        TinyImages.schema(1),
        VariedImages.rows(120, 1),
        VariedImages.rows(90, 2),
        5,
        Checkpoints.none(),
        null);
  }

  /** Draws real rows, drawn together towards the mean of their class. */
  private static Sampler sampler(double variety) {
    return new Sampler() {
      @Override
      public int batch() {
        return 16;
      }

      @Override
      public byte[] sample(
          Condition condition, long seed, long firstIndex, int count, Controls controls) {
        int size = REAL.rowSize();
        byte[] drawn = new byte[count * size];
        for (int i = 0; i < count; i++) {
          for (int v = 0; v < size; v++) {
            double mean = 0;
            for (int row = condition.label(); row < REAL.size(); row += CLASSES) {
              mean += (REAL.values()[row * size + v] & 0xff) / (REAL.size() / (double) CLASSES);
            }
            int row = (int) ((firstIndex + i) * CLASSES + condition.label()) % REAL.size();
            double value = REAL.values()[row * size + v] & 0xff;
            drawn[i * size + v] = (byte) Math.round(mean + variety * (value - mean));
          }
        }
        return drawn;
      }

      @Override
      public void close() {}
    };
  }
}
