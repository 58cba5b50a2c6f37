package dev.graft.cli;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.PipelineSpecReader;
import dev.graft.spec.SpecRequest;
import dev.graft.stage.StageName;
import dev.graft.workflow.Registries;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.Stages;
import dev.graft.workflow.Workflow;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The main class of the Dataflow Flex Template. Takes {@link TemplateParameter}s and Beam options,
 * makes the job of one stage and ends; the job itself checks gates and commits. A stage that is
 * done already gets a job that does nothing, for a launch without a job counts as failed.
 */
public final class FlexTemplate {
  private static final String METADATA = "--metadata";

  private final Map<TemplateParameter, String> parameters = new EnumMap<>(TemplateParameter.class);
  private final List<String> beamArguments = new ArrayList<>();
  private final Surroundings surroundings;

  private FlexTemplate(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** Launches; {@code --metadata} alone prints the template's {@code metadata.json}. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    if (arguments.length == 1 && arguments[0].equals(METADATA)) {
      System.out.print(TemplateMetadata.json());
      return;
    }
    System.exit(launch(List.of(arguments), Surroundings.ofProcess(), System.err));
  }

  /** The exit status: 0 when a job was made. */
  static int launch(List<String> arguments, Surroundings surroundings, PrintStream errors) {
    try {
      new FlexTemplate(surroundings).launch(arguments);
      return ExitCode.DONE.code();
    } catch (GraftException e) {
      errors.println("graft: " + e.getMessage());
      return e.exitCode().code();
    } catch (UncheckedIOException e) {
      errors.println("graft: " + Failures.causes(e));
      return ExitCode.TRANSIENT.code();
    }
  }

  private void launch(List<String> arguments) {
    arguments.forEach(this::take);
    for (TemplateParameter parameter : TemplateParameter.values()) {
      check(parameter);
    }
    RunnerProfile profile =
        RunnerProfile.read(surroundings.home().resolve("config").resolve("dataflow.yaml"));
    PipelineLauncher launcher = new PipelineLauncher(profile, beamArguments);
    Storage.reachBy(() -> launcher.options("graft"));
    String store = value(TemplateParameter.STORE);
    String runDate = SpecOptions.date(value(TemplateParameter.RUN_DATE));
    StageName stage = StageName.valueOf(value(TemplateParameter.STAGE).toUpperCase(Locale.ROOT));
    RunRequest request =
        new RunRequest(
            spec(store, runDate), runDate, store, profile, beamArguments, false, List.of(stage));
    new Workflow(Stages.all()).submit(request);
  }

  private void take(String argument) {
    int equals = argument.indexOf('=');
    String name = equals > 2 && argument.startsWith("--") ? argument.substring(2, equals) : "";
    TemplateParameter.of(name)
        .ifPresentOrElse(
            parameter -> parameters.put(parameter, argument.substring(equals + 1)),
            () -> beamArguments.add(argument));
    if (name.equals(TemplateParameter.WORKER_IMAGE.key())) {
      beamArguments.add(argument);
    }
  }

  private void check(TemplateParameter parameter) {
    String value = value(parameter);
    if (value.isEmpty() && parameter.optional()) {
      return;
    }
    if (!parameter.takes(value)) {
      throw GraftException.usage(
          "parameter %s is \"%s\"; %s%s",
          parameter.key(),
          value,
          parameter.help(),
          parameter.choices().isEmpty()
              ? " It must match " + parameter.pattern()
              : " Known: " + String.join(", ", parameter.choices()));
    }
  }

  private String value(TemplateParameter parameter) {
    return parameters.getOrDefault(parameter, "");
  }

  private PipelineSpec spec(String store, String runDate) {
    String location = value(TemplateParameter.SPEC);
    String settings = value(TemplateParameter.SET);
    Path folder = fetch(location.substring(0, location.lastIndexOf('/')));
    Path file = folder.resolve(location.substring(location.lastIndexOf('/') + 1));
    if (!Files.isRegularFile(file)) {
      throw GraftException.usage("there is no spec at %s", location);
    }
    return new PipelineSpecReader(new Registries(store), surroundings.home())
        .read(
            new SpecRequest(
                file,
                folder,
                settings.isEmpty() ? List.of() : List.of(settings.split(";")),
                surroundings.environment(),
                runDate))
        .spec();
  }

  /** Copies the YAML files of a folder to this machine. */
  private static Path fetch(String folder) {
    try {
      Path copies = Files.createTempDirectory("graft-spec");
      for (Storage.Entry entry : Storage.list(folder)) {
        if (entry.name().matches(".+\\.ya?ml")) {
          Path copy = copies.resolve(Storage.relative(folder, entry.location())).normalize();
          if (copy.startsWith(copies)) {
            Files.createDirectories(copy.getParent());
            Files.write(copy, Storage.read(entry.location()));
          }
        }
      }
      return copies;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
