package dev.graft.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
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
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The newest time of anything in it, itself included; of what has vanished, never. */
  static Instant lastWritten(Path path) {
    Look look = look(path);
    return look.newest.equals(Instant.MIN) ? Instant.MAX : look.newest;
  }

  /** Bytes of all files in it. */
  static long bytes(Path path) {
    return look(path).bytes;
  }

  private static Look look(Path path) {
    Look look = new Look();
    try {
      Files.walkFileTree(path, look);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return look;
  }

  /** Passes over what goes away meanwhile, as the temporary files of a run at work do. */
  private static final class Look extends SimpleFileVisitor<Path> {
    private Instant newest = Instant.MIN;
    private long bytes;

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return seen(attributes);
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      bytes += attributes.isRegularFile() ? attributes.size() : 0;
      return seen(attributes);
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      return passOver(failure);
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      return passOver(failure);
    }

    private FileVisitResult seen(BasicFileAttributes attributes) {
      Instant time = attributes.lastModifiedTime().toInstant();
      newest = time.isAfter(newest) ? time : newest;
      return FileVisitResult.CONTINUE;
    }

    private static FileVisitResult passOver(IOException failure) throws IOException {
      if (failure != null && !(failure instanceof NoSuchFileException)) {
        throw failure;
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
