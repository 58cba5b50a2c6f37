package dev.graft.cli;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a failed command says and returns: one line and, for a bug, how to see more. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    boolean expected = failure instanceof GraftException;
    ExitCode code = failure instanceof GraftException graft ? graft.exitCode() : ExitCode.TRANSIENT;
    say(command, parsed, code, expected ? failure.getMessage() : causes(failure));
    if (isSet(parsed, "--verbose")) {
      failure.printStackTrace(command.getErr());
      command.getErr().flush();
    }
    return code.code();
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("graft: " + failure.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(failure, err)
        && failure instanceof UnmatchedArgumentException unmatched
        && unmatched.isUnknownOption()) {
      err.println("Beam options go after --, such as -- --parallelism=8");
    }
    err.println("see " + command.getCommandSpec().qualifiedName() + " --help");
    err.flush();
    return ExitCode.USAGE.code();
  }

  /** Reports a failure that was returned, not thrown. */
  static void say(CommandLine command, ParseResult parsed, ExitCode code, String message) {
    if (isSet(parsed, "--json")) {
      Map<String, Object> event = new LinkedHashMap<>();
      event.put("event", "failed");
      event.put("exit-code", code.code());
      event.put("message", message);
      command.getOut().println(JsonText.line(event));
      command.getOut().flush();
    }
    command.getErr().println("graft: " + message);
    if (code == ExitCode.TRANSIENT && !isSet(parsed, "--verbose")) {
      command.getErr().println("run the command again with -v for the stack trace");
    }
    command.getErr().flush();
  }

  /** An exception and its causes on one line. */
  static String causes(Throwable failure) {
    StringJoiner chain = new StringJoiner("; caused by ");
    int depth = 0;
    for (Throwable cause = failure; cause != null && depth < 8; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
      chain.add(cause.getClass().getSimpleName() + ": " + text);
      depth++;
    }
    return chain.toString();
  }

  private static boolean isSet(ParseResult parsed, String option) {
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    return innermost.matchedOptionValue(option, false);
  }
}
