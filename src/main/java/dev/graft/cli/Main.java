package dev.graft.cli;

import dev.graft.data.ExitCode;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code graft}. */
@Command(
    name = "graft",
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true,
    synopsisSubcommandLabel = "COMMAND",
    header = "Grows training sets: learns from real data, generates, selects, measures, publishes.",
    footer = {
      "",
      "Start with:  graft run pipelines/quickstart.yaml",
      "",
      "Exit status: 0 done; 1 failed, may succeed when repeated; 2 wrong command line or spec;",
      "3 missing or bad input data; 4 a quality gate refused; 5 another run is at work there."
    },
    subcommands = {
      RunCommand.class,
      ValidateCommand.class,
      PlanCommand.class,
      StatusCommand.class,
      IngestCommand.class,
      TrainCommand.class,
      AugmentCommand.class,
      EvaluateCommand.class,
      PublishCommand.class,
      StudyCommand.class,
      InitCommand.class,
      PreviewCommand.class,
      InspectCommand.class,
      ExplainCommand.class,
      CompareCommand.class,
      ModelsCommand.class,
      PruneCommand.class,
      SampleDataCommand.class,
      VersionCommand.class
    })
public final class Main implements Callable<Integer> {
  @Spec private CommandSpec spec;

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    System.exit(commandLine(Surroundings.ofProcess()).execute(helpAsOption(arguments)));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE.code();
  }

  /** {@code help run} means {@code run --help}. */
  static String[] helpAsOption(String... arguments) {
    if (arguments.length == 0 || !arguments[0].equals("help")) {
      return arguments;
    }
    String[] asOption = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
    asOption[arguments.length - 1] = "--help";
    return asOption;
  }

  /** The whole command line, as a test can run it too. */
  static CommandLine commandLine(Surroundings surroundings) {
    Failures failures = new Failures();
    return new CommandLine(new Main(), factory(surroundings))
        .setOut(utf8(System.out))
        .setErr(utf8(System.err))
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setExecutionStrategy(
            parsed -> {
              Logging.set(innermost(parsed), surroundings);
              try {
                return new RunLast().execute(parsed);
              } catch (Error e) {
                throw new ExecutionException(
                    parsed.commandSpec().commandLine(), "failed", new IllegalStateException(e));
              }
            });
  }

  private static PrintWriter utf8(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static ParseResult innermost(ParseResult parsed) {
    return parsed.hasSubcommand() ? innermost(parsed.subcommand()) : parsed;
  }

  /** Commands may ask for the surroundings in their constructors. */
  private static IFactory factory(Surroundings surroundings) {
    IFactory plain = CommandLine.defaultFactory();
    return new IFactory() {
      @Override
      public <K> K create(Class<K> type) throws Exception {
        try {
          var constructor = type.getDeclaredConstructor(Surroundings.class);
          return constructor.newInstance(surroundings);
        } catch (NoSuchMethodException e) {
          return plain.create(type);
        }
      }
    };
  }
}
