package dev.graft.ingest;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The files of a source location. Links are followed; names that start with a dot are hidden. */
public final class SourceFiles {
  /**
   * One file.
   *
   * @param name relative to the location, with {@code /}; the file's own name when the location is
   *     it
   * @param location absolute
   * @param size in bytes
   */
  public record SourceFile(String name, String location, long size) {}

  private SourceFiles() {}

  /** Whether the location is a folder; objects of an object store that share a prefix are one. */
  public static boolean isFolder(String location) {
    return Storage.isLocal(location)
        ? Files.isDirectory(Path.of(location))
        : !Storage.exists(location) && !Storage.list(location).isEmpty();
  }

  /**
   * The file at {@code location}, or the files below it in order of name.
   *
   * @throws GraftException (exit 3) when there is nothing, or it cannot be read
   */
  public static List<SourceFile> at(String location) {
    try {
      if (isFolder(location)) {
        return Storage.isLocal(location) ? below(Path.of(location)) : listed(location);
      }
      if (!Storage.exists(location)) {
        throw GraftException.input("%s does not exist", location);
      }
      String name = location.substring(location.lastIndexOf('/') + 1);
      try (SeekableByteChannel channel = Storage.openSeekable(location)) {
        return List.of(new SourceFile(name, location, channel.size()));
      }
    } catch (IOException | UncheckedIOException e) {
      throw new GraftException(ExitCode.INPUT, "cannot list " + location + ": " + reason(e), e);
    }
  }

  /** Folders directly below a local folder; none for an object store, which has only objects. */
  public static List<String> folders(String location) throws IOException {
    if (!Storage.isLocal(location)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(Path.of(location))) {
      return paths
          .filter(Files::isDirectory)
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  /** The message of an exception's innermost cause, with its kind where the message is bare. */
  public static String reason(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root instanceof java.nio.file.FileSystemException || root.getMessage() == null
        ? root.toString()
        : root.getMessage();
  }

  private static List<SourceFile> below(Path root) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String name = root.relativize(path).toString().replace('\\', '/');
        if (isShown(name) && Files.isRegularFile(path)) {
          files.add(new SourceFile(name, path.toString(), Files.size(path)));
        }
      }
    }
    files.sort(Comparator.comparing(SourceFile::name));
    return files;
  }

  private static List<SourceFile> listed(String prefix) {
    int skip = prefix.endsWith("/") ? prefix.length() : prefix.length() + 1;
    return Storage.list(prefix).stream()
        .map(
            entry ->
                new SourceFile(entry.location().substring(skip), entry.location(), entry.size()))
        .filter(file -> isShown(file.name()))
        .sorted(Comparator.comparing(SourceFile::name))
        .toList();
  }

  private static boolean isShown(String name) {
    return !name.startsWith(".") && !name.contains("/.");
  }
}
