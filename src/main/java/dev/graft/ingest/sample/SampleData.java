package dev.graft.ingest.sample;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes sample data: eight shapes (arrow, circle, cross, heart, ring, square, star, triangle) at
 * random places, sizes and angles, in one of the forms that INGEST reads, or requests of six
 * intents, or pairs of requests, in a CSV file. The same seed gives the same rows, and but for
 * Parquet (whose footer is not ordered) the same bytes.
 */
public final class SampleData {
  /** Most rows of a class. */
  public static final int MAX_PER_CLASS = 100_000;

  private static final List<SampleKind> KINDS =
      List.of(
          new ShapeFolders(false),
          new ShapeFolders(true),
          new ShapeIdx(),
          new ShapeParquet(),
          new Utterances(),
          new RequestPairs());

  private SampleData() {}

  /**
   * The forms: {@code shapes}, {@code shapes-colour}, {@code idx}, {@code parquet}, {@code
   * utterances}, {@code pairs}.
   */
  public static List<String> kinds() {
    return KINDS.stream().map(SampleKind::name).toList();
  }

  /** Whether something is in {@code directory} already. */
  public static boolean isThere(Path directory) {
    if (!Files.isDirectory(directory)) {
      return Files.exists(directory);
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isPresent();
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Writes a dataset. The folder appears whole or not at all.
   *
   * @param directory must be absent or empty
   * @param kind one of {@link #kinds}
   * @param seed of the drawing
   * @param perClass rows of each class
   * @throws GraftException (exit 2) for an unknown kind, a number out of range, or a folder that
   *     holds something or cannot be written
   */
  public static void write(Path directory, String kind, long seed, int perClass) {
    SampleKind form =
        KINDS.stream()
            .filter(known -> known.name().equals(kind))
            .findFirst()
            .orElseThrow(
                () ->
                    GraftException.usage(
                        "unknown kind of sample data \"%s\"; known: %s",
                        kind, String.join(", ", kinds())));
    if (perClass < 1 || perClass > MAX_PER_CLASS) {
      throw GraftException.usage(
          "%d rows per class; from 1 to %d are allowed", perClass, MAX_PER_CLASS);
    }
    if (isThere(directory)) {
      throw GraftException.usage(
          "%s holds something already; name a folder that is empty or not there", directory);
    }
    Path whole = directory.toAbsolutePath();
    Path temporary = Path.of(Storage.temporaryName(whole.toString()));
    try {
      Files.createDirectories(temporary);
      form.write(temporary, seed, perClass);
      Files.deleteIfExists(whole);
      Files.move(temporary, whole);
    } catch (IOException | UncheckedIOException e) {
      throw new GraftException(
          ExitCode.USAGE,
          "cannot write sample data to " + directory + ": " + e + "; is the place writable?",
          e);
    } finally {
      Storage.delete(temporary.toString());
    }
  }
}
