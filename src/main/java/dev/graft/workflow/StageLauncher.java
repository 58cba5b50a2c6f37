package dev.graft.workflow;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.runner.PipelineLauncher;
import dev.graft.stage.Outcome;
import dev.graft.stage.Stage;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.Visibility;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one attempt of one stage and says how it ended. */
final class StageLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(StageLauncher.class);

  private final PipelineLauncher launcher;

  StageLauncher(PipelineLauncher launcher) {
    this.launcher = launcher;
  }

  /** Runs it and keeps in the attempt's folder when it began and ended, and how. */
  Outcome launch(Stage stage, StageContext context) {
    LaunchNote begun = LaunchNote.begin();
    try {
      begun.write(context.attemptDirectory());
    } catch (UncheckedIOException e) {
      return transientFailure(context, stage.name().key() + ": " + causes(e));
    }
    Outcome outcome = attempt(stage, context);
    begun.end(outcome).tryToWrite(context.attemptDirectory());
    return outcome;
  }

  /** One name per output, so that a service that knows names runs one job for it at a time. */
  static String jobName(StageContext context) {
    StageName stage = context.stage();
    return "graft-" + stage.key() + "-" + context.fingerprint(stage).substring(0, 12);
  }

  private Outcome attempt(Stage stage, StageContext context) {
    String key = stage.name().key();
    try {
      launcher.run(
          jobName(context),
          pipeline -> {
            Visibility.check(pipeline, context);
            stage.build(pipeline, context);
          });
    } catch (GraftException e) {
      return new Outcome(e.exitCode().code(), e.getMessage(), context.attempt());
    } catch (RuntimeException e) {
      LOG.debug("stage {} failed", key, e);
      return Outcome.read(context)
          .filter(read -> read.code() != 0)
          .orElseGet(() -> unrecorded(context, key, e));
    }
    return Outcome.read(context)
        .orElseGet(() -> transientFailure(context, key + " ended without an outcome"));
  }

  /** Workers record expected failures where the launcher finds them, if their storage is one. */
  private static Outcome unrecorded(StageContext context, String key, RuntimeException error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof GraftException failure && failure.exitCode() != ExitCode.TRANSIENT) {
        GraftException told = Visibility.tell(context, failure);
        return new Outcome(told.exitCode().code(), told.getMessage(), context.attempt());
      }
    }
    return transientFailure(context, key + ": " + causes(error));
  }

  private static Outcome transientFailure(StageContext context, String reason) {
    return new Outcome(ExitCode.TRANSIENT.code(), reason, context.attempt());
  }

  private static String causes(Throwable error) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String line = cause.toString().lines().findFirst().orElse("");
      if (text.indexOf(line) < 0) {
        text.append(text.isEmpty() ? "" : "; caused by ").append(line);
      }
    }
    return text.toString();
  }
}
