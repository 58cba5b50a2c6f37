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
 * @param ended whether the launcher has ended the attempt: no try of it may commit any more
 */
public record Outcome(int code, String reason, String attempt, boolean ended) {
  static final String FILE = "outcome.json";

  /** An outcome that the attempt itself has come to. */
  public Outcome(int code, String reason, String attempt) {
    this(code, reason, attempt, false);
  }

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

  /** Ends an attempt that has not committed, whatever becomes of its job. */
  public static void end(StageContext context, GraftException reason) {
    if (read(context).map(Outcome::mayBeMended).orElse(true)) {
      new Outcome(reason.exitCode().code(), reason.getMessage(), context.attempt(), true)
          .write(context);
    }
  }

  /**
   * Before an attempt makes something visible.
   *
   * @throws GraftException when it has failed for good or was ended
   */
  public static void check(StageContext context) {
    read(context)
        .filter(outcome -> outcome.code() != 0 && !outcome.mayBeMended())
        .ifPresent(
            outcome -> {
              throw new GraftException(ExitCode.of(outcome.code()), outcome.reason());
            });
  }

  /** Whether another try, within the same attempt, may come to another end. */
  public boolean mayBeMended() {
    return code == ExitCode.TRANSIENT.code() && !ended;
  }

  /** The outcome of a finished attempt. */
  public static Outcome done(StageContext context) {
    return new Outcome(ExitCode.DONE.code(), "", context.attempt());
  }
}
