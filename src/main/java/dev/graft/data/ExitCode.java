package dev.graft.data;

/** The outcome of a command or stage, as the operating system and schedulers see it. */
public enum ExitCode {
  /** The work is done, or there was nothing to do. */
  DONE(0),
  /** A transient or unknown failure: the same command may succeed when repeated. */
  TRANSIENT(1),
  /** The command line or the spec is wrong; repeating it cannot help. */
  USAGE(2),
  /** The input data is missing, unreadable or worse than its declared limits. */
  INPUT(3),
  /** A quality gate refused the result; nothing was published. */
  GATE(4),
  /** Another run holds the place. */
  BUSY(5);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The process exit status. */
  public int code() {
    return code;
  }

  /** The constant of an exit status; unknown statuses are {@link #TRANSIENT}. */
  public static ExitCode of(int code) {
    for (ExitCode exitCode : values()) {
      if (exitCode.code == code) {
        return exitCode;
      }
    }
    return TRANSIENT;
  }
}
