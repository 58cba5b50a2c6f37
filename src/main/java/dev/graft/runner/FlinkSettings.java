package dev.graft.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Flink's settings in the only form in which Beam's runner takes them: a folder with a file. */
final class FlinkSettings {
  private static final Map<Map<String, String>, Path> DIRECTORIES = new ConcurrentHashMap<>();

  private FlinkSettings() {}

  /** A temporary folder of this process that holds the settings. */
  static Path directory(Map<String, String> settings) {
    return DIRECTORIES.computeIfAbsent(Map.copyOf(settings), FlinkSettings::write);
  }

  private static Path write(Map<String, String> settings) {
    try {
      Path directory = Files.createTempDirectory("graft-flink");
      Path file = directory.resolve("flink-conf.yaml");
      Files.writeString(
          file,
          new TreeMap<>(settings)
              .entrySet().stream()
                  .map(setting -> setting.getKey() + ": " + setting.getValue() + "\n")
                  .collect(Collectors.joining()));
      directory.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write Flink's settings: " + e.getMessage(), e);
    }
  }
}
