package dev.graft.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.publish.RunFolder;
import dev.graft.stage.StageName;
import dev.graft.workflow.RunListener;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.RunResult;
import dev.graft.workflow.Stages;
import dev.graft.workflow.Workflow;
import dev.graft.workflow.notice.FailureNotice;
import dev.graft.workflow.notice.NoticeSettings;
import java.time.Duration;
import java.util.Map;

/**
 * Tells those who asked for it of a command that has failed; one that found the place busy has not.
 */
final class FailureWatch {
  private final NoticeSettings settings;
  private final SpecOptions options;
  private final Surroundings surroundings;
  private String failedStage = "";

  FailureWatch(NoticeSettings settings, SpecOptions options, Surroundings surroundings) {
    this.settings = settings;
    this.options = options;
    this.surroundings = surroundings;
  }

  /** Hears what {@code other} hears. */
  RunListener beside(RunListener other) {
    return new RunListener() {
      @Override
      public void started(StageName stage, String fingerprint) {
        other.started(stage, fingerprint);
      }

      @Override
      public void skipped(StageName stage, String fingerprint) {
        other.skipped(stage, fingerprint);
      }

      @Override
      public void counted(StageName stage, Map<String, Long> counters) {
        other.counted(stage, counters);
      }

      @Override
      public void finished(StageName stage, JsonNode summary, Duration duration) {
        other.finished(stage, summary, duration);
      }

      @Override
      public void failed(StageName stage, String reason) {
        failedStage = stage.key();
        other.failed(stage, reason);
      }
    };
  }

  /** The command is about to end with this failure. */
  void thrown(RuntimeException failure) {
    boolean expected = failure instanceof GraftException;
    ExitCode code = failure instanceof GraftException graft ? graft.exitCode() : ExitCode.TRANSIENT;
    String message = expected ? failure.getMessage() : Failures.causes(failure);
    tell(options.file().toString(), "", code, message, "");
  }

  /** The run has failed. */
  void ended(RunRequest request, RunResult result) {
    String report = result.report().isEmpty() ? refusal(request, result) : result.report();
    tell(request.spec().name(), request.runDate(), result.exitCode(), result.message(), report);
  }

  /** Where the report of a refusal is, when PUBLISH was launched alone. */
  private static String refusal(RunRequest request, RunResult result) {
    if (result.exitCode() != ExitCode.GATE) {
      return "";
    }
    try {
      return RunFolder.of(new Workflow(Stages.all()).context(request, StageName.PUBLISH))
          .map(refusal -> Storage.resolve(refusal.directory(), "report.html"))
          .orElse("");
    } catch (GraftException e) {
      return ""; // the source has gone since
    }
  }

  private void tell(String run, String date, ExitCode code, String message, String report) {
    if (code != ExitCode.BUSY) {
      new FailureNotice(run, date, failedStage, code.code(), message, report)
          .send(settings, options.workingDirectory(surroundings));
    }
  }
}
