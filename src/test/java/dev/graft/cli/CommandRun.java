package dev.graft.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * One command, run in this process.
 *
 * @param status exit status
 * @param out standard output
 * @param err standard error
 */
record CommandRun(int status, String out, String err) {

  /** Runs {@code arguments} in {@code directory}, with this checkout as Graft's home. */
  static CommandRun in(Path directory, String... arguments) {
    return in(directory, Map.of(), arguments);
  }

  static CommandRun in(Path directory, Map<String, String> environment, String... arguments) {
    Map<String, String> variables = new TreeMap<>(environment);
    variables.putIfAbsent("GRAFT_OUT", directory.resolve("out").toString());
    variables.putIfAbsent("GRAFT_STORE", directory.resolve("store").toString());
    Surroundings surroundings =
        new Surroundings(variables, directory, Path.of("").toAbsolutePath(), false);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Main.commandLine(surroundings)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    int status = command.execute(arguments);
    return new CommandRun(status, out.toString(), err.toString());
  }
}
