package dev.graft.model.external;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The model files that {@code src/test/python/make_external.py} has made. */
public final class ExternalFiles {
  private static final Path FOLDER =
      Path.of("src/test/resources/dev/graft/model/external").toAbsolutePath();

  private ExternalFiles() {}

  public static Path path(String name) {
    return FOLDER.resolve(name);
  }

  public static String sha256(String name) {
    try {
      return Files.readAllLines(path("SHA256SUMS")).stream()
          .filter(line -> line.endsWith("  " + name))
          .findFirst()
          .orElseThrow()
          .substring(0, 64);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The section {@code architecture.file} of a definition. */
  public static String section(String name) {
    return "{path: %s, sha256: %s}".formatted(path(name), sha256(name));
  }

  /** The definition of a generator that takes (noise 4, index) and gives chw images in [-1, 1]. */
  public static String generator(String name, int size, String classes, int batch) {
    return """
        family: external
        architecture:
          file: %s
          noise: {shape: [4]}
          label: {as: index, classes: [%s]}
          image: {channels: 1, height: %d, width: %d, range: [-1, 1]}
        compute: {batch: %d}
        """
        .formatted(section(name), classes, size, size, batch);
  }

  /** The definition of an embedder of 16 values of chw images in [-1, 1], with a head. */
  public static String embedder(String name, int size, int batch) {
    return """
        family: external-classifier
        architecture:
          file: %s
          image: {channels: 1, height: %d, width: %d, range: [-1, 1]}
          outputs: [embedding]
          embedding: 16
        training: {steps: 70, batch: 16, ema: 0.8, eval-every: 15, checkpoint-every: 20}
        compute: {batch: %d}
        """
        .formatted(section(name), size, size, batch);
  }
}
