package dev.graft.stage;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import java.util.Optional;

/**
 * How an attempt ended, written as {@code outcome.json} in the attempt's folder. The launcher maps
 * it to the exit code, whatever the runner made of the exception.
 *
 * @param code an {@link ExitCode#code()}
 * @param reason one line for the user; empty when done
 * @param attempt the attempt's id
 */
public record Outcome(int code, String reason, String attempt) {
  static final String FILE = "outcome.json";

  /** The outcome that this attempt has written, if any. */
  public static Optional<Outcome> read(StageContext context) {
    return readIn(context.attemptDirectory());
  }

  /** The outcome in an attempt's folder, if any. */
  public static Optional<Outcome> readIn(String attemptDirectory) {
    String file = Storage.resolve(attemptDirectory, FILE);
    return Storage.exists(file)
        ? Optional.of(Json.read(Storage.read(file), Outcome.class))
        : Optional.empty();
  }

  /** Writes this outcome. */
  public void write(StageContext context) {
    Storage.writeText(Storage.resolve(context.attemptDirectory(), FILE), Json.pretty(this));
  }

  /**
   * Records an expected failure as this attempt's outcome and gives back what is to be thrown,
   * which tells a runner too whether another try may mend it. A failure for good takes the place of
   * one that another try might have mended.
   */
  public static GraftException failed(StageContext context, GraftException failure) {
    if (read(context).map(Outcome::mayBeMended).orElse(true)) {
      new Outcome(failure.exitCode().code(), failure.getMessage(), context.attempt())
          .write(context);
    }
    return failure.exitCode() == ExitCode.TRANSIENT ? failure : new FinalFailure(failure, true);
  }

  /** Whether another try, within the same attempt, may come to another end. */
  public boolean mayBeMended() {
    return code == ExitCode.TRANSIENT.code();
  }

  /** The outcome of a finished attempt. */
  public static Outcome done(StageContext context) {
    return new Outcome(ExitCode.DONE.code(), "", context.attempt());
  }
}
