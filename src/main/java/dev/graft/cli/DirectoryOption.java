package dev.graft.cli;

import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where relative paths start. */
final class DirectoryOption {
  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description =
          "Working directory: relative paths, also those in specs, start here (default: the current"
              + " directory). For schedulers, which start commands elsewhere.")
  private Path directory;

  /**
   * @throws GraftException (exit 2) when it is not a directory
   */
  Path resolve(Surroundings surroundings) {
    if (directory == null) {
      return surroundings.directory();
    }
    Path resolved = surroundings.directory().resolve(directory).normalize();
    if (!Files.isDirectory(resolved)) {
      throw GraftException.usage("--dir %s: there is no such directory", directory);
    }
    return resolved;
  }

  /** A location as an absolute one. */
  String location(Surroundings surroundings, String location) {
    return Storage.isLocal(location)
        ? resolve(surroundings).resolve(location).normalize().toString()
        : location;
  }

  /** Absolute root of the model store. */
  String store(Surroundings surroundings) {
    return location(
        surroundings, surroundings.environment().getOrDefault("GRAFT_STORE", "models/store"));
  }
}
