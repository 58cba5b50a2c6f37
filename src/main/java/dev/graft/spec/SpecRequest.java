package dev.graft.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A spec to read.
 *
 * @param file as the user named it; a relative one is in the working directory
 * @param workingDirectory absolute; what relative paths are resolved against
 * @param overrides {@code a.b.c=value} each
 * @param environment where {@code ${VAR}} comes from
 * @param runDate {@code YYYY-MM-DD}, or empty for an undated run
 */
public record SpecRequest(
    Path file,
    Path workingDirectory,
    List<String> overrides,
    Map<String, String> environment,
    String runDate) {
  public SpecRequest {
    overrides = List.copyOf(overrides);
    environment = Map.copyOf(environment);
  }

  /** A request with the process's environment and no overrides, undated. */
  public static SpecRequest of(Path file, Path workingDirectory) {
    return new SpecRequest(file, workingDirectory, List.of(), System.getenv(), "");
  }
}
