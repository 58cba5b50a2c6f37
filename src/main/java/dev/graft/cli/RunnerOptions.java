package dev.graft.cli;

import dev.graft.data.GraftException;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.yaml.Nearest;
import dev.graft.workflow.notice.NoticeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A spec and where its pipeline runs. */
final class RunnerOptions {
  private static final String DEFAULT = "local";

  @Mixin private SpecOptions spec;

  @Option(
      names = "--runner",
      paramLabel = "NAME",
      description =
          "Runner profile, a file of config/ (local, direct, flink, dataflow), or a Beam"
              + " runner by name (DirectRunner, FlinkRunner). Default: $${GRAFT_RUNNER:-local}.")
  private String runner;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "-- --beamOption=VALUE",
      description = "Beam options after --, such as -- --parallelism=8. They win over the profile.")
  private List<String> beamArguments = new ArrayList<>();

  SpecOptions spec() {
    return spec;
  }

  /**
   * @throws GraftException (exit 2) when something else than an option stands there
   */
  List<String> beamArguments() {
    for (String argument : beamArguments) {
      if (!argument.startsWith("--")) {
        throw GraftException.usage(
            "unexpected argument \"%s\"; one SPEC is read at a time, and Beam options"
                + " (--name=value) go after --",
            argument);
      }
    }
    return beamArguments;
  }

  /**
   * @throws GraftException (exit 2) when there is no such profile
   */
  RunnerProfile profile(Surroundings surroundings) {
    String name = name(surroundings);
    List<Path> places = places(surroundings);
    Optional<Path> file = file(surroundings);
    if (file.isPresent()) {
      return RunnerProfile.read(file.get());
    }
    if (name.matches("[A-Za-z]+Runner")) {
      return RunnerProfile.bare(name);
    }
    TreeSet<String> known = new TreeSet<>();
    places.forEach(place -> known.addAll(profiles(place)));
    throw GraftException.usage(
        "no runner profile \"%s\"; known: %s, or a Beam runner such as DirectRunner%s",
        name, String.join(", ", known), Nearest.hint(name, known));
  }

  /**
   * Who is told of a run: sections of the profile, and the environment.
   *
   * @throws GraftException (exit 2) when they are not understood
   */
  NoticeSettings notices(Surroundings surroundings) {
    return NoticeSettings.read(file(surroundings), surroundings.environment());
  }

  private Optional<Path> file(Surroundings surroundings) {
    String file = name(surroundings) + ".yaml";
    return places(surroundings).stream()
        .map(place -> place.resolve(file))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private String name(Surroundings surroundings) {
    return runner != null
        ? runner
        : surroundings.environment().getOrDefault("GRAFT_RUNNER", DEFAULT);
  }

  private List<Path> places(Surroundings surroundings) {
    return List.of(
        spec.workingDirectory(surroundings).resolve("config"),
        surroundings.home().resolve("config"));
  }

  private static List<String> profiles(Path place) {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .map(name -> name.replace(".yaml", ""))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
