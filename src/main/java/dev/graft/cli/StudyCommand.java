package dev.graft.cli;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.Progress;
import dev.graft.data.io.Storage;
import dev.graft.evaluate.study.StudyStage;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.SpecFile;
import dev.graft.spec.SpecFile.SampleDataSpec;
import dev.graft.spec.StudySpec;
import dev.graft.stage.StageName;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.RunResult;
import dev.graft.workflow.notice.NoticeSettings;
import dev.graft.workflow.study.StudyLauncher;
import dev.graft.workflow.study.StudyPlan;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code graft study}. */
@Command(
    name = "study",
    header = "Measure whether synthetic rows help: arms x sizes x ratios x seeds.",
    description = {
      "Reads the study section of the spec. Every size is the whole real budget; every seed redraws"
          + " it and trains generator, judge and learner anew. Arms and ratios are chosen on tune"
          + " rows and held against real rows and classical augmentation on test rows, as paired"
          + " differences with 95 %% intervals.",
      "What is done is kept, so a killed study goes on where it was, and one with more sizes, ratios"
          + " or seeds does what is new."
    },
    footer = {
      "",
      "Examples:",
      "  graft study pipelines/study-fashion-mnist.yaml --dry-run",
      "  graft study pipelines/study-fashion-mnist.yaml --set study.seeds=10"
    })
final class StudyCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private RunnerOptions runner;
  @Mixin private OutputOptions output;

  @Option(
      names = "--dry-run",
      description = "Say how many trainings of what kind there are to do, and start none.")
  private boolean dryRun;

  @Spec private CommandSpec spec;

  StudyCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    NoticeSettings notices = runner.notices(surroundings);
    FailureWatch watch = new FailureWatch(notices, runner.spec(), surroundings);
    try {
      return launch(notices, watch);
    } catch (RuntimeException e) {
      if (!dryRun) {
        watch.thrown(e);
      }
      throw e;
    }
  }

  private int launch(NoticeSettings notices, FailureWatch watch) {
    SpecOptions options = runner.spec();
    RunnerProfile profile = runner.profile(surroundings);
    PipelineLauncher launcher = new PipelineLauncher(profile, runner.beamArguments());
    Storage.reachBy(() -> launcher.options("graft"));
    SpecFile file = options.read(surroundings);
    StudySpec study =
        file.study()
            .orElseThrow(
                () ->
                    GraftException.usage(
                        "%s has no section study; add one, such as study: {sizes: [50, 200],"
                            + " ratios: [1x, 5x]}",
                        options.file()));
    RunRequest request =
        new RunRequest(
            file.spec(),
            options.runDate(),
            options.store(surroundings),
            profile,
            runner.beamArguments(),
            false,
            List.of(StageName.EVALUATE),
            notices,
            file.limits());
    StudyLauncher launch = new StudyLauncher(request, study);
    try (Narrator narrator = narrator()) {
      narrator.begin(options.file().toString(), request);
      Optional<SampleDataSpec> missing =
          file.sampleData().filter(data -> !SampleDataMaker.isThere(data));
      if (dryRun && missing.isPresent()) {
        narrator.note(
            "sample data would be made in %s first; the rest depends on it"
                .formatted(missing.get().directory()));
        return ExitCode.DONE.code();
      }
      file.sampleData().ifPresent(data -> SampleDataMaker.make(data, narrator));
      StudyPlan plan = launch.plan();
      StudyNarrator teller = new StudyNarrator(narrator, watch);
      teller.planned(StudyForecast.of(file.spec(), study, plan));
      return dryRun ? ExitCode.DONE.code() : run(launch, plan, request, teller, watch);
    } finally {
      Progress.listen((task, done, total, unit, detail) -> {});
    }
  }

  private int run(
      StudyLauncher launch,
      StudyPlan plan,
      RunRequest request,
      StudyNarrator teller,
      FailureWatch watch) {
    Progress.Listener progress = teller.narrator().progress();
    Progress.listen(
        (task, done, total, unit, detail) -> {
          if (!task.startsWith(StudyStage.SINGLE_TRAINING)) {
            progress.onProgress(task, done, total, unit, detail);
          }
        });
    RunResult result = launch.run(plan, teller);
    if (result.exitCode() == ExitCode.DONE) {
      teller.ended(result, launch.outputDirectory());
    } else {
      CommandLine command = spec.commandLine();
      teller.narrator().close();
      Failures.say(command, command.getParseResult(), result.exitCode(), result.message());
      watch.ended(request, result);
    }
    return result.exitCode().code();
  }

  private Narrator narrator() {
    CommandLine command = spec.commandLine();
    return output.json()
        ? new JsonNarrator(command.getOut())
        : new TextNarrator(command.getOut(), surroundings);
  }
}
