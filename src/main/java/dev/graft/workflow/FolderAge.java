package dev.graft.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Local files and folders: names, sizes and when they were last written to. */
final class FolderAge {
  private FolderAge() {}

  /** What is directly in {@code folder} under a name of this form, sorted; links are left out. */
  static List<Path> children(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> path.getFileName().toString().matches(name))
          .filter(path -> !Files.isSymbolicLink(path))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newest time of anything in it, itself included. */
  static Instant lastWritten(Path path) {
    try (Stream<Path> all = Files.walk(path)) {
      Instant newest = Instant.MIN;
      for (Path one : all.toList()) {
        Instant time = Files.getLastModifiedTime(one, LinkOption.NOFOLLOW_LINKS).toInstant();
        newest = time.isAfter(newest) ? time : newest;
      }
      return newest;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static long bytes(Path path) {
    try (Stream<Path> all = Files.walk(path)) {
      long bytes = 0;
      for (Path one : all.filter(file -> Files.isRegularFile(file)).toList()) {
        bytes += Files.size(one);
      }
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
