package dev.graft.cli;

import dev.graft.data.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** Runs the command line in this JVM, for tests of other packages. */
public final class GraftCommand {
  private GraftCommand() {}

  /**
   * What came of a command.
   *
   * @param exitCode its status
   * @param output what it wrote to standard output
   * @param errors what it wrote to standard error, without the log
   */
  public record Result(ExitCode exitCode, String output, String errors) {
    /** Everything, for the description of a failed assertion. */
    public String text() {
      return exitCode + "\n" + output + errors;
    }
  }

  /**
   * Runs {@code graft ARGUMENTS}.
   *
   * @param directory where the command is given
   * @param environment variables; nothing of this process's is seen
   */
  public static Result run(
      Path directory, Map<String, String> environment, List<String> arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    Path home = Path.of("").toAbsolutePath();
    CommandLine command =
        Main.commandLine(new Surroundings(environment, directory, home, false))
            .setOut(new PrintWriter(output, true))
            .setErr(new PrintWriter(errors, true));
    int status = command.execute(arguments.toArray(new String[0]));
    return new Result(ExitCode.of(status), output.toString(), errors.toString());
  }

  /** Runs the Flex Template's main class in this JVM. */
  public static Result template(Path directory, List<String> arguments) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    Path home = Path.of("").toAbsolutePath();
    int status =
        FlexTemplate.launch(
            arguments,
            new Surroundings(Map.of(), directory, home, false),
            new PrintStream(errors, true, StandardCharsets.UTF_8));
    return new Result(ExitCode.of(status), "", errors.toString(StandardCharsets.UTF_8));
  }
}
