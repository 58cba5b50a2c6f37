package dev.graft.cli;

import dev.graft.data.GraftException;
import dev.graft.runner.RunnerProfile;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Finds {@code graft ...} in scripts, units and documents, and parses it as Graft would. */
final class CommandLinesInText {
  private static final String DATE = "2026-11-22";

  /** Jinja, Argo and shell, from within outwards. */
  private static final List<Pattern> TEMPLATES =
      List.of(
          Pattern.compile("\\{\\{[^{}]*}}"),
          Pattern.compile("\\$[A-Za-z_]\\w*"),
          Pattern.compile("\\$\\([^()]*\\)"),
          Pattern.compile("\\$\\{[^{}]*}"));

  /** A word {@code graft}, perhaps with its folder, and all up to where the command ends. */
  private static final Pattern COMMAND =
      Pattern.compile("(?<![\\w./-])(?:\\.?/(?:[\\w-]+/)*)?graft ([a-z-][^;|&<>()`#\\n]*)");

  private CommandLinesInText() {}

  /** The arguments of every command in a text, templates replaced by a date. */
  static List<List<String>> in(String text) {
    String plain = text.replace("\\\n", " ").replace("$$", "$").replace("\\%", "%");
    String before = "";
    while (!plain.equals(before)) {
      before = plain;
      for (Pattern template : TEMPLATES) {
        plain = template.matcher(plain).replaceAll(DATE);
      }
    }
    List<List<String>> commands = new ArrayList<>();
    Matcher command = COMMAND.matcher(plain);
    while (command.find()) {
      commands.add(List.of(command.group(1).replaceAll("[\"',]", "").strip().split("\\s+")));
    }
    return commands;
  }

  /** What is wrong with a command, or an empty text. */
  static String mistake(List<String> arguments) {
    Path home = Path.of("").toAbsolutePath();
    CommandLine graft = Main.commandLine(new Surroundings(Map.of(), home, home, false));
    try {
      ParseResult command = graft.parseArgs(arguments.toArray(String[]::new)).subcommand();
      if (command == null) {
        return "it has no command";
      }
      String date = command.matchedOptionValue("--run-date", DATE);
      if (!LocalDate.parse(date).toString().equals(date)) {
        return date + " is no date";
      }
      String runner = command.matchedOptionValue("--runner", "local");
      RunnerProfile.read(home.resolve("config").resolve(runner + ".yaml"));
      return strayArgument(arguments);
    } catch (ParameterException | GraftException | DateTimeParseException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** Commands that launch take Beam options as further arguments; nothing else may stand there. */
  private static String strayArgument(List<String> arguments) {
    int beam = arguments.indexOf("--");
    return arguments.subList(beam < 0 ? arguments.size() : beam, arguments.size()).stream()
        .filter(argument -> !argument.startsWith("--"))
        .findFirst()
        .map(argument -> argument + " is no Beam option")
        .orElse("");
  }
}
