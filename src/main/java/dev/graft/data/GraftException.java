package dev.graft.data;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;

/**
 * An expected failure with a message for the user: what was wrong, the value, what is allowed, how
 * to fix it. The {@link #exitCode()} says who can mend it.
 */
public class GraftException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public GraftException(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  public GraftException(ExitCode exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** A wrong command line or spec (exit 2). */
  @FormatMethod
  public static GraftException usage(@FormatString String format, Object... args) {
    return new GraftException(ExitCode.USAGE, String.format(Locale.ROOT, format, args));
  }

  /** Missing or bad input data (exit 3). */
  @FormatMethod
  public static GraftException input(@FormatString String format, Object... args) {
    return new GraftException(ExitCode.INPUT, String.format(Locale.ROOT, format, args));
  }

  public final ExitCode exitCode() {
    return exitCode;
  }
}
