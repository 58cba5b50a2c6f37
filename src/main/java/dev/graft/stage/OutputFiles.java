package dev.graft.stage;

import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.SealedJson;
import java.util.List;
import java.util.Set;

/**
 * What a stage had written when it was committed, {@code files.json} in its attempt's folder: by it
 * a lost, cut or changed file is noticed before anything is built on it. The content of files above
 * {@value #MOST_DIGESTED} bytes is left to the checksums that Parquet has for every page.
 *
 * @param files by path
 */
public record OutputFiles(List<OutputFile> files) {
  static final String FILE = "files.json";
  private static final long MOST_DIGESTED = 4L << 20;

  /** Written by the launcher or after the list. */
  private static final Set<String> UNLISTED = Set.of(FILE, Visibility.WITNESS, Outcome.FILE);

  /**
   * @param path in the attempt's folder
   * @param bytes its size
   * @param sha256 its digest; empty for a large one
   */
  public record OutputFile(String path, long bytes, String sha256) {}

  /** Lists what is in an attempt's folder; the last step before it is committed. */
  public static void write(String directory) {
    List<OutputFile> files =
        Storage.list(directory).stream()
            .filter(entry -> !UNLISTED.contains(Storage.relative(directory, entry.location())))
            .map(
                entry ->
                    new OutputFile(
                        Storage.relative(directory, entry.location()),
                        entry.size(),
                        digest(entry.location(), entry.size())))
            .toList();
    Storage.writeText(Storage.resolve(directory, FILE), SealedJson.text(new OutputFiles(files)));
  }

  /** Whether every file is there as it was. */
  public static boolean areWhole(StageOutput output) {
    try {
      return SealedJson.read(output.file(FILE), OutputFiles.class).files().stream()
          .allMatch(file -> isWhole(output.file(file.path()), file));
    } catch (GraftException e) {
      return false;
    }
  }

  private static boolean isWhole(String location, OutputFile file) {
    return Storage.exists(location)
        && Storage.size(location) == file.bytes()
        && digest(location, file.bytes()).equals(file.sha256());
  }

  private static String digest(String location, long bytes) {
    return bytes > MOST_DIGESTED ? "" : Storage.sha256(location);
  }
}
