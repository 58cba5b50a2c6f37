package dev.graft.cli;

import picocli.CommandLine.ParseResult;

/**
 * Sets the properties that the logging configuration reads. Comes before the first logger is made;
 * what the environment says ({@code GRAFT_LOG_LEVEL}, {@code GRAFT_LIBRARY_LOG_LEVEL}, {@code
 * GRAFT_LOG_FORMAT}, {@code GRAFT_LOG} for short) stands.
 */
final class Logging {
  private static final String LEVEL = "GRAFT_LOG_LEVEL";
  private static final String LIBRARY_LEVEL = "GRAFT_LIBRARY_LOG_LEVEL";
  private static final String FORMAT = "GRAFT_LOG_FORMAT";

  private Logging() {}

  static void set(ParseResult parsed, Surroundings surroundings) {
    boolean json = parsed.matchedOptionValue("--json", false);
    boolean verbose = parsed.matchedOptionValue("--verbose", false);
    if (verbose) {
      System.setProperty(LEVEL, "DEBUG");
      System.setProperty(LIBRARY_LEVEL, "WARN");
    } else if (surroundings.interactive()
        && !json
        && !surroundings.environment().containsKey(LEVEL)) {
      System.setProperty(LEVEL, "WARN");
    }
    String declared = surroundings.environment().getOrDefault("GRAFT_LOG", json ? "json" : "");
    if (!declared.isEmpty() && !surroundings.environment().containsKey(FORMAT)) {
      System.setProperty(FORMAT, declared.equals("json") ? "json" : "text");
    }
  }
}
