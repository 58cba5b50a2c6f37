package dev.graft.cli;

import java.io.Console;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the process was started in.
 *
 * @param environment variables
 * @param directory absolute; where the command was given
 * @param home absolute; where Graft's own {@code config/}, {@code models/} and {@code pipelines/}
 *     are
 * @param interactive whether a person watches a terminal that can redraw lines
 */
record Surroundings(
    Map<String, String> environment, Path directory, Path home, boolean interactive) {

  /** Those of this process. */
  static Surroundings ofProcess() {
    Map<String, String> environment = System.getenv();
    Path directory = Path.of("").toAbsolutePath();
    String home = environment.getOrDefault("GRAFT_HOME", "");
    return new Surroundings(
        environment,
        directory,
        home.isEmpty() ? directory : Path.of(home).toAbsolutePath(),
        onTerminal(environment));
  }

  private static boolean onTerminal(Map<String, String> environment) {
    Console console = System.console();
    String terminal = environment.getOrDefault("TERM", "dumb");
    return console != null && isTerminal(console) && !terminal.equals("dumb");
  }

  /** From Java 22 on there is a console object without a terminal too, and a method that tells. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
