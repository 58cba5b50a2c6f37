package dev.graft.cli;

import dev.graft.data.ExitCode;
import dev.graft.data.Progress;
import dev.graft.data.io.Storage;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.SpecFile;
import dev.graft.stage.StageName;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.RunResult;
import dev.graft.workflow.Stages;
import dev.graft.workflow.Workflow;
import dev.graft.workflow.notice.NoticeSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What {@code run} and the commands of single stages have in common. */
abstract class LaunchCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final List<StageName> stages;

  @Mixin private RunnerOptions runner;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  LaunchCommand(Surroundings surroundings, List<StageName> stages) {
    this.surroundings = surroundings;
    this.stages = stages;
  }

  /** Whether a published place may be replaced. */
  boolean overwrite() {
    return false;
  }

  /** The profile with what else the command line says of jobs. */
  RunnerProfile launching(RunnerProfile profile) {
    return profile;
  }

  /** All stages are done. */
  void done(RunRequest request, RunResult result, Narrator narrator) {
    narrator.end(request, result);
  }

  /** Where relative paths of the command line start. */
  Path workingDirectory() {
    return runner.spec().workingDirectory(surroundings);
  }

  boolean json() {
    return output.json();
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Override
  public final Integer call() {
    NoticeSettings notices = runner.notices(surroundings);
    FailureWatch watch = new FailureWatch(notices, runner.spec(), surroundings);
    try {
      return launch(notices, watch);
    } catch (RuntimeException e) {
      watch.thrown(e);
      throw e;
    }
  }

  private int launch(NoticeSettings notices, FailureWatch watch) {
    CommandLine command = spec.commandLine();
    SpecOptions options = runner.spec();
    RunnerProfile profile = launching(runner.profile(surroundings));
    PipelineLauncher launcher = new PipelineLauncher(profile, runner.beamArguments());
    Storage.reachBy(() -> launcher.options("graft"));
    SpecFile file = options.read(surroundings);
    RunRequest request =
        new RunRequest(
            file.spec(),
            options.runDate(),
            options.store(surroundings),
            profile,
            runner.beamArguments(),
            overwrite(),
            stages,
            notices,
            file.limits());
    try (Narrator narrator = narrator(command)) {
      narrator.begin(options.file().toString(), request);
      file.sampleData().ifPresent(data -> SampleDataMaker.make(data, narrator));
      Progress.listen(narrator.progress());
      RunResult result = new Workflow(Stages.all()).run(request, watch.beside(narrator));
      if (result.exitCode() != ExitCode.DONE) {
        narrator.close();
        Failures.say(command, command.getParseResult(), result.exitCode(), result.message());
        narrator.leftBehind(result);
        watch.ended(request, result);
      } else {
        done(request, result, narrator);
      }
      return result.exitCode().code();
    } finally {
      Progress.listen((task, done, total, unit, detail) -> {});
    }
  }

  private Narrator narrator(CommandLine command) {
    if (output.json()) {
      return new JsonNarrator(command.getOut());
    }
    return new TextNarrator(command.getOut(), surroundings);
  }
}
