package dev.graft.ingest;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.ingest.SourceFiles.SourceFile;
import dev.graft.spec.SourceSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;

/**
 * What the files of a source are, for INGEST's fingerprint.
 *
 * @param files how many
 * @param bytes their total size
 * @param digest hash over each file's key, relative name, size and content (SHA-256), or
 *     modification time where the source is larger than {@link #HASHED_BYTES}
 */
public record SourceListing(long files, long bytes, String digest) {
  /** Sources up to this size (256 MiB) are hashed, so that a copy or a touch changes nothing. */
  public static final long HASHED_BYTES = 256L << 20;

  /**
   * @param key location key; those of an official test set begin with {@code test.}
   * @param name relative to the location
   * @param size in bytes
   * @param version content digest or modification time
   */
  private record Line(String key, String name, long size, String version) {}

  /**
   * Looks at the source's files.
   *
   * @throws GraftException (exit 3) when one is missing or cannot be read
   */
  public static SourceListing of(SourceSpec source) {
    List<String> keys = SourceFormats.get(source.format()).paths();
    List<KeyedFile> files = new ArrayList<>();
    for (String key : keys) {
      files.addAll(filesOf(source.locations(), key, key));
    }
    if (source.hasOfficialTest()) {
      for (String key : keys) {
        files.addAll(filesOf(source.testLocations(), key, "test." + key));
      }
    }
    long bytes = files.stream().mapToLong(file -> file.file.size()).sum();
    List<Line> lines = files.stream().map(file -> line(file, bytes <= HASHED_BYTES)).toList();
    return new SourceListing(files.size(), bytes, Json.digest(lines));
  }

  private record KeyedFile(String key, SourceFile file) {}

  private static List<KeyedFile> filesOf(Map<String, String> locations, String key, String name) {
    String location = locations.get(key);
    if (location == null) {
      throw GraftException.usage("source.%s is missing", name);
    }
    return SourceFiles.at(location).stream().map(file -> new KeyedFile(name, file)).toList();
  }

  private static Line line(KeyedFile keyed, boolean hashed) {
    SourceFile file = keyed.file;
    try {
      String version = hashed ? Storage.sha256(file.location()) : modified(file.location());
      return new Line(keyed.key, file.name(), file.size(), version);
    } catch (IOException | UncheckedIOException e) {
      throw new GraftException(
          ExitCode.INPUT, "cannot read " + file.location() + ": " + SourceFiles.reason(e), e);
    }
  }

  private static String modified(String location) throws IOException {
    return Long.toString(
        Storage.isLocal(location)
            ? Files.getLastModifiedTime(Path.of(location)).toMillis()
            : FileSystems.matchSingleFileSpec(location).lastModifiedMillis());
  }
}
