package dev.graft.cli;

import dev.graft.data.GraftException;
import dev.graft.spec.PipelineSpecReader;
import dev.graft.spec.SpecFile;
import dev.graft.spec.SpecRequest;
import dev.graft.workflow.Registries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A spec and what the command line changes in it. */
final class SpecOptions {
  @Parameters(index = "0", paramLabel = "SPEC", description = "Pipeline spec, a YAML file.")
  private Path file;

  @Option(
      names = "--run-date",
      paramLabel = "YYYY-MM-DD",
      description =
          "Date of a scheduled run: names the output dt=YYYY-MM-DD, stands for $${run-date} in source"
              + " paths, and gives each date its own samples. Without it the output is"
              + " run=<fingerprint>.")
  private String runDate = "";

  @Option(names = "--seed", paramLabel = "N", description = "Replaces the spec's seed.")
  private Long seed;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Replaces a value of the spec, such as --set augment.rounds=1 or --set select[0].min=0.7."
              + " The value is YAML. Can be repeated.")
  private List<String> settings = new ArrayList<>();

  @Mixin private DirectoryOption directory;

  /**
   * @throws GraftException (exit 2) with every mistake in the spec
   */
  SpecFile read(Surroundings surroundings) {
    List<String> overrides = new ArrayList<>(settings);
    if (seed != null) {
      overrides.add("seed=" + seed);
    }
    return read(file, directory, overrides, runDate(), surroundings);
  }

  /** Reads any spec. */
  static SpecFile read(
      Path file,
      DirectoryOption directory,
      List<String> overrides,
      String runDate,
      Surroundings surroundings) {
    return new PipelineSpecReader(
            new Registries(directory.store(surroundings)), surroundings.home())
        .read(
            new SpecRequest(
                found(file, directory, surroundings),
                directory.resolve(surroundings),
                overrides,
                surroundings.environment(),
                runDate));
  }

  /** The file in the working directory, or else one of Graft's own, such as the quick start. */
  private static Path found(Path file, DirectoryOption directory, Surroundings surroundings) {
    boolean here = Files.exists(directory.resolve(surroundings).resolve(file));
    Path shipped = surroundings.home().resolve(file);
    return !here && Files.exists(shipped) ? shipped : file;
  }

  Path file() {
    return file;
  }

  /** {@code YYYY-MM-DD}, or empty for an undated run. */
  String runDate() {
    return date(runDate);
  }

  /**
   * @throws GraftException (exit 2) when it is neither empty nor a date
   */
  static String date(String runDate) {
    if (runDate.isEmpty()) {
      return "";
    }
    try {
      return LocalDate.parse(runDate).toString();
    } catch (DateTimeParseException e) {
      throw GraftException.usage(
          "--run-date %s: not a date; write YYYY-MM-DD, such as 2026-11-22", runDate);
    }
  }

  Path workingDirectory(Surroundings surroundings) {
    return directory.resolve(surroundings);
  }

  String store(Surroundings surroundings) {
    return directory.store(surroundings);
  }
}
