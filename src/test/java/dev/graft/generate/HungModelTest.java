package dev.graft.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.Condition;
import dev.graft.data.ExitCode;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.model.Classifier;
import dev.graft.model.Sampler;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SelectRule;
import dev.graft.stage.CallLimit;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model call that hangs fails within its limit; where the runner tries again, no row differs. */
class HungModelTest {
  private static final FakeInputs INPUTS = new FakeInputs(300);

  /** Calls that are still to hang. */
  private static final AtomicInteger HANGS = new AtomicInteger();

  private static volatile boolean over;

  @TempDir Path work;

  private final PipelineSpec spec =
      AugmentRuns.spec(
          new AugmentSpec(new AugmentSpec.SyntheticPerClass(100), Map.of(), 1, 3, 2),
          AugmentRuns.rule("label-agreement", SelectRule.Kind.MIN, 0.6));

  @BeforeEach
  void begin() {
    over = false;
  }

  @AfterEach
  void letGo() {
    over = true;
  }

  private StageContext context(String folder) {
    StageContext usual = AugmentRuns.context(spec, work.resolve(folder), "a");
    return new StageContext(
        spec,
        "",
        usual.workDirectory(),
        usual.storeDirectory(),
        usual.stage(),
        usual.attempt(),
        usual.fingerprints(),
        false,
        new CallLimit(Duration.ofSeconds(2)));
  }

  @Test
  @Timeout(120)
  void theErrorNamesTheModelAndTheBatch() {
    HANGS.set(1);
    StageContext context = context("once");
    PipelineLauncher launcher = new PipelineLauncher(RunnerProfile.bare("DirectRunner"), List.of());
    assertThatThrownBy(
            () -> launcher.run("hung", p -> new AugmentStage(new Hanging()).build(p, context)))
        .isInstanceOf(RuntimeException.class);
    Outcome outcome = Outcome.read(context).orElseThrow();
    assertThat(outcome.code()).isEqualTo(ExitCode.TRANSIENT.code());
    assertThat(outcome.reason())
        .contains("generator fake, asked for candidates 64 to 99 of class grey,")
        .contains("has not come back within 2s");
  }

  @Test
  @Timeout(120)
  void whereTheRunnerTriesAgainTheRowsAreTheSame() {
    HANGS.set(2);
    StageContext context = context("again");
    Map<String, String> restart =
        Map.of(
            "restart-strategy.type", "fixed-delay",
            "restart-strategy.fixed-delay.attempts", "3",
            "restart-strategy.fixed-delay.delay", "1 s");
    RunnerProfile profile =
        new RunnerProfile(
            "again", "FlinkRunner", Map.of(), restart, false, context.callLimit().longest());
    new PipelineLauncher(profile, List.of("--flinkMaster=[local]", "--parallelism=2"))
        .run("hung", p -> new AugmentStage(new Hanging()).build(p, context));
    assertThat(HANGS).hasValueLessThanOrEqualTo(0);
    StageContext calm =
        AugmentRuns.run(spec, INPUTS, work.resolve("calm"), "a", AugmentRuns.DIRECT);
    assertThat(AugmentRuns.digest(context)).isEqualTo(AugmentRuns.digest(calm));
  }

  /** The usual world, with a generator that hangs as native code does: no interrupt ends it. */
  private record Hanging() implements AugmentInputs {
    @Override
    public Facts facts(StageContext context) {
      return INPUTS.facts(context);
    }

    @Override
    public Sampler sampler(StageContext context) {
      Sampler usual = INPUTS.sampler(context);
      return new Sampler() {
        @Override
        public int batch() {
          return usual.batch();
        }

        @Override
        public byte[] sample(
            Condition condition, long seed, long firstIndex, int count, Controls controls) {
          if (condition.label() == 1 && firstIndex == 64 && HANGS.getAndDecrement() > 0) {
            while (!over) {
              LockSupport.parkNanos(1_000_000);
            }
          }
          return usual.sample(condition, seed, firstIndex, count, controls);
        }

        @Override
        public void close() {
          usual.close();
        }
      };
    }

    @Override
    public Classifier judge(StageContext context) {
      return INPUTS.judge(context);
    }

    @Override
    public LabelledRows rows(StageContext context, Part part) {
      return INPUTS.rows(context, part);
    }
  }
}
