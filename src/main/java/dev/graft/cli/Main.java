package dev.graft.cli;

import java.io.PrintWriter;
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
      IngestCommand.class,
      TrainCommand.class,
      AugmentCommand.class,
      EvaluateCommand.class,
      PublishCommand.class,
      ModelsCommand.class,
      SampleDataCommand.class,
      VersionCommand.class
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  /** Runs one command and ends the process with its exit status. */
  public static void main(String[] arguments) {
    System.exit(commandLine(Surroundings.ofProcess()).execute(arguments));
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The whole command line, as a test can run it too. */
  static CommandLine commandLine(Surroundings surroundings) {
    Failures failures = new Failures();
    return new CommandLine(new Main(), factory(surroundings))
        .setOut(new PrintWriter(System.out, true))
        .setErr(new PrintWriter(System.err, true))
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
