package dev.graft.cli;

import picocli.CommandLine.Option;

/** How a command speaks. */
final class OutputOptions {
  @Option(
      names = "--json",
      description =
          "Print JSON for programs on standard output; logs go to standard error as JSON.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log more, and show the stack trace of an unexpected failure.")
  private boolean verbose;

  boolean json() {
    return json;
  }
}
