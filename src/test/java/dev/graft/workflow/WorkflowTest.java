package dev.graft.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.ExitCode;
import dev.graft.model.store.StoreUsers;
import dev.graft.runner.FakeFlink;
import dev.graft.runner.RunnerProfile;
import dev.graft.stage.Stage;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkflowTest {
  @TempDir Path directory;

  private final List<String> events = new ArrayList<>();
  private final RunListener listener =
      new RunListener() {
        @Override
        public void started(StageName stage, String fingerprint) {
          events.add("run " + stage.key());
        }

        @Override
        public void skipped(StageName stage, String fingerprint) {
          events.add("skip " + stage.key());
        }

        @Override
        public void failed(StageName stage, String reason) {
          events.add("FAIL " + stage.key());
        }
      };

  private static List<Stage> stages(int trainVersion) {
    return List.of(
        new FakeStage(StageName.INGEST, 1, List.of()),
        new FakeStage(StageName.TRAIN, trainVersion, List.of(StageName.INGEST)),
        new FakeStage(StageName.AUGMENT, 1, List.of(StageName.INGEST, StageName.TRAIN)),
        new FakeStage(StageName.EVALUATE, 1, List.of(StageName.AUGMENT)),
        new FakeStage(StageName.PUBLISH, 1, List.of(StageName.EVALUATE)));
  }

  private RunRequest request(String date, StageName... only) {
    return new RunRequest(
        SpecSamples.publishingTo(directory),
        date,
        directory.resolve("store").toString(),
        RunnerProfile.bare("DirectRunner"),
        List.of("--targetParallelism=2"),
        false,
        only.length == 0 ? RunRequest.allStages() : List.of(only));
  }

  private RunResult run(String date) {
    events.clear();
    return new Workflow(stages(1)).run(request(date), listener);
  }

  @Test
  void aStageWithoutItsInputsIsNotLaunched() {
    RunResult result =
        new Workflow(stages(1)).run(request("", StageName.TRAIN, StageName.AUGMENT), listener);
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.message()).contains("ingest has no committed output").contains("graft run");
    assertThat(events).isEmpty();
  }

  @Test
  void runsAllStagesOnceAndThenNone() {
    assertThat(run("").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(events)
        .containsExactly("run ingest", "run train", "run augment", "run evaluate", "run publish");
    RunResult again = run("");
    assertThat(again.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(events).allMatch(event -> event.startsWith("skip")).hasSize(5);
    assertThat(Path.of(again.publishedDirectory(), "work.txt")).exists();
    assertThat(StoreUsers.of(directory.resolve("store").toString()).list())
        .containsValue(directory.resolve(".graft").toString());
  }

  private RunResult runAsOneJob(String runner) {
    events.clear();
    RunRequest each = request("");
    List<String> options =
        runner.equals("FlinkRunner")
            ? List.of("--flinkMaster=[local]", "--parallelism=2")
            : each.beamArguments();
    return new Workflow(stages(1))
        .run(
            new RunRequest(
                each.spec(),
                "",
                each.storeDirectory(),
                RunnerProfile.bare(runner).withOneJob(true),
                options,
                false,
                each.stages()),
            listener);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DirectRunner", "FlinkRunner"})
  void stagesOfOneJobAreToldAndKeptApart(String runner) throws IOException {
    Files.writeString(directory.resolve("fail-evaluate"), "input");
    RunResult failed = runAsOneJob(runner);
    assertThat(failed.exitCode()).isEqualTo(ExitCode.INPUT);
    assertThat(failed.message()).isEqualTo("3 records of 4 are bad");
    assertThat(failed.summaries())
        .containsOnlyKeys(StageName.INGEST, StageName.TRAIN, StageName.AUGMENT);
    assertThat(events)
        .containsExactly("run ingest", "run train", "run augment", "run evaluate", "FAIL evaluate");
    List<RunStatus.StageStatus> status =
        RunStatus.of(new Workflow(stages(1)), request("")).stages();
    assertThat(status.get(2).ended()).matches("20\\d\\d-.*Z");
    assertThat(status.get(3).state()).isEqualTo(RunStatus.State.BEGUN);
    assertThat(status.get(3).error()).isEqualTo("3 records of 4 are bad");
    assertThat(status.get(4).state()).isEqualTo(RunStatus.State.NEVER_BEGUN);

    Files.delete(directory.resolve("fail-evaluate"));
    assertThat(runAsOneJob(runner).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(events)
        .containsExactly(
            "skip ingest", "skip train", "skip augment", "run evaluate", "run publish");
    assertThat(Files.list(Path.of(status.get(3).directory())).map(Path::getFileName))
        .filteredOn(name -> name.toString().startsWith("attempt-"))
        .hasSize(2);
    assertThat(RunStatus.of(new Workflow(stages(1)), request("")).stages())
        .allMatch(stage -> stage.state() == RunStatus.State.COMMITTED && stage.error().isEmpty());
  }

  @Test
  void theJobOfALauncherThatIsGoneIsEndedBeforeItsStageIsLaunchedAgain() throws IOException {
    Files.writeString(directory.resolve("fail-train"), "crash");
    run("");
    RunStatus.StageStatus train =
        RunStatus.of(new Workflow(stages(1)), request("")).stages().get(1);
    String attempt;
    try (Stream<Path> files = Files.list(Path.of(train.directory()))) {
      attempt =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.startsWith("attempt-"))
              .map(name -> name.substring("attempt-".length()))
              .findFirst()
              .orElseThrow();
    }
    try (FakeFlink flink = new FakeFlink()) {
      flink.job("left", "graft-train-augment-0123456789ab-" + attempt, "RUNNING");
      flink.job("other", "graft-train-0123456789ab-0123456789ab", "RUNNING");
      RunRequest each = request("");
      RunResult result =
          new Workflow(stages(1))
              .run(
                  new RunRequest(
                      each.spec(),
                      "",
                      each.storeDirectory(),
                      RunnerProfile.bare("FlinkRunner"),
                      List.of("--flinkMaster=" + flink.address()),
                      false,
                      each.stages()),
                  listener);
      assertThat(flink.cancelled()).containsExactly("left");
      assertThat(result.exitCode()).isEqualTo(ExitCode.TRANSIENT);
      assertThat(result.message()).contains("no Flink cluster answers", "503");
    }
  }

  @Test
  void aPlanSaysWhichStagesAreOneJob() throws IOException {
    Files.writeString(directory.resolve("fail-augment"), "crash");
    runAsOneJob("DirectRunner");
    RunRequest each = request("");
    assertThat(new Workflow(stages(1)).plan(each).together()).isEmpty();
    RunRequest one =
        new RunRequest(
            each.spec(),
            "",
            each.storeDirectory(),
            each.profile().withOneJob(true),
            List.of(),
            false,
            each.stages());
    Plan plan = new Workflow(stages(1)).plan(one);
    assertThat(plan.stages()).extracting(Plan.PlannedStage::job).containsExactly(0, 0, 1, 1, 1);
    assertThat(plan.together())
        .containsExactly(List.of(StageName.AUGMENT, StageName.EVALUATE, StageName.PUBLISH));
  }

  @Test
  void anotherDateRedoesAugmentOnwardOnly() {
    run("2026-01-01");
    run("2026-01-02");
    assertThat(events)
        .containsExactly("skip ingest", "skip train", "run augment", "run evaluate", "run publish");
  }

  @Test
  void aNewCodeVersionRedoesThatStageAndWhatFollows() {
    run("");
    Plan plan = new Workflow(stages(2)).plan(request(""));
    assertThat(plan.stages().stream().filter(Plan.PlannedStage::skipped))
        .extracting(Plan.PlannedStage::stage)
        .containsExactly(StageName.INGEST);
  }

  @Test
  void anExpectedFailureGivesItsExitCodeAndReasonAndKeepsEarlierStages() throws IOException {
    Path fail = directory.resolve("fail-augment");
    Files.writeString(fail, "input");
    RunResult failed = run("");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.INPUT);
    assertThat(failed.message()).isEqualTo("3 records of 4 are bad");
    assertThat(failed.publishedDirectory()).isEmpty();
    Files.delete(fail);
    assertThat(run("").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(events).startsWith("skip ingest", "skip train", "run augment");
  }

  @Test
  void anUnexpectedFailureIsTransientAndNamesItsCause() throws IOException {
    Files.writeString(directory.resolve("fail-train"), "crash");
    RunResult failed = run("");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.TRANSIENT);
    assertThat(failed.message()).contains("train", "something broke");
    RunStatus status = RunStatus.of(new Workflow(stages(1)), request(""));
    assertThat(status.stages())
        .extracting(RunStatus.StageStatus::state)
        .containsExactly(
            RunStatus.State.COMMITTED,
            RunStatus.State.BEGUN,
            RunStatus.State.NEVER_BEGUN,
            RunStatus.State.NEVER_BEGUN,
            RunStatus.State.NEVER_BEGUN);
    assertThat(status.stages().get(0).ended()).matches("20\\d\\d-.*Z");
    assertThat(status.stages().get(1).error()).contains("train", "something broke");
  }

  @Test
  void aStageWhoseOutputIsGoneRunsAgain() throws IOException {
    RunResult first = run("");
    Path work = Path.of(first.summaries().get(StageName.TRAIN).get("directory").asText());
    Files.delete(work.resolve("work.txt"));
    assertThat(new Workflow(stages(1)).plan(request("")).stage(StageName.TRAIN).why())
        .contains("no longer whole");
    run("");
    assertThat(events).contains("skip ingest", "run train", "skip augment");
  }

  @Test
  void aSecondLaunchInTheSamePlaceIsBusy() {
    RunRequest request = request("");
    try (RunLock held = RunLock.acquire(Workflow.workDirectory(request))) {
      RunResult result = new Workflow(stages(1)).run(request, listener);
      assertThat(result.exitCode()).isEqualTo(ExitCode.BUSY);
      assertThat(result.message()).contains("another run");
    }
    assertThat(run("").exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void anUnwritablePlaceIsAUsageError() throws IOException {
    Files.writeString(directory.resolve(".graft"), "a file where a directory belongs");
    RunResult result = run("");
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.message()).contains("cannot write to");
  }

  @Test
  void anUnknownBeamOptionIsAUsageError() {
    RunRequest request =
        new RunRequest(
            SpecSamples.publishingTo(directory),
            "",
            directory.resolve("store").toString(),
            RunnerProfile.bare("DirectRunner"),
            List.of("--noSuchOption=1"),
            false,
            RunRequest.allStages());
    RunResult result = new Workflow(stages(1)).run(request, listener);
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.message()).contains("noSuchOption");
  }
}
