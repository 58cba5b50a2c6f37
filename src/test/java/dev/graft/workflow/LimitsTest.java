package dev.graft.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.ExitCode;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.LaunchLimits;
import dev.graft.stage.Stage;
import dev.graft.stage.StageName;
import dev.graft.workflow.notice.NoticeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
  private static final List<Stage> STAGES =
      List.of(
          new FakeStage(StageName.INGEST, 1, List.of()),
          new FakeStage(StageName.TRAIN, 1, List.of(StageName.INGEST)),
          new FakeStage(StageName.PUBLISH, 1, List.of(StageName.TRAIN)));

  @TempDir Path directory;

  private final List<String> begun = new ArrayList<>();

  private RunRequest request(String runner, String arguments, LaunchLimits limits) {
    return new RunRequest(
        SpecSamples.publishingTo(directory),
        "",
        directory.resolve("store").toString(),
        RunnerProfile.bare(runner),
        List.of(arguments.split(" ")),
        false,
        List.of(StageName.INGEST, StageName.TRAIN, StageName.PUBLISH),
        NoticeSettings.NONE,
        limits);
  }

  private RunResult run(RunRequest request) {
    begun.clear();
    return new Workflow(STAGES)
        .run(
            request,
            new RunListener() {
              @Override
              public void started(StageName stage, String fingerprint) {
                begun.add(stage.key());
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "DirectRunner, --targetParallelism=1",
    "FlinkRunner, --flinkMaster=[local] --parallelism=1"
  })
  void aJobOverTheMinutesIsEndedAndTheNextLaunchGoesOn(String runner, String arguments)
      throws IOException {
    RunRequest unlimited = request(runner, arguments, LaunchLimits.NONE);
    Path hang = directory.resolve("fail-train");
    Files.writeString(hang, "hang");
    // Starting a runner takes seconds, and so may ingest; then it has begun the hanging stage or
    // not.
    RunResult ended = run(request(runner, arguments, new LaunchLimits(0.02, 0)));
    assertThat(ended.exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(ended.message()).contains("limits.minutes is 0.02", "--set limits.minutes");
    assertThat(begun).doesNotContain("publish");
    Files.delete(hang);
    RunResult done = run(unlimited);
    assertThat(done.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(begun).endsWith("train", "publish");
    assertThat(new Workflow(STAGES).plan(unlimited).stages()).allMatch(Plan.PlannedStage::skipped);
  }

  @Test
  void aJobOverTheBytesIsEndedBeforeItWouldEnd() throws IOException {
    Files.writeString(directory.resolve("fail-train"), "hang");
    long start = System.nanoTime();
    RunResult ended =
        run(request("DirectRunner", "--targetParallelism=1", new LaunchLimits(0, 500_000)));
    assertThat(ended.exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(ended.message())
        .contains("limits.bytes is 500000")
        .containsPattern("written 1\\d{6} ");
    assertThat(begun).containsExactly("ingest", "train");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMinutes(2));
    assertThat(RunStatus.of(new Workflow(STAGES), request("DirectRunner", "-", LaunchLimits.NONE)))
        .satisfies(status -> assertThat(status.stages().get(1).error()).contains("limits.bytes"));
  }

  @Test
  void limitsThatAreNotReachedChangeNothing() {
    assertThat(
            run(request("DirectRunner", "--targetParallelism=1", new LaunchLimits(60, 1L << 40)))
                .exitCode())
        .isEqualTo(ExitCode.DONE);
    assertThat(begun).containsExactly("ingest", "train", "publish");
  }
}
