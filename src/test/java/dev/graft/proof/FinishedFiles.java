package dev.graft.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Work that is done and may not be done again: stage markers and candidate files. */
final class FinishedFiles {
  private FinishedFiles() {}

  /** Inode, size and time of last change of each finished file below a work folder, by name. */
  static Map<String, String> of(Path work) {
    Map<String, String> files = new TreeMap<>();
    if (!Files.isDirectory(work)) {
      return files;
    }
    try (Stream<Path> paths = Files.walk(work)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        String name = work.relativize(path).toString();
        String last = path.getFileName().toString();
        boolean finished = last.equals("_SUCCESS") || name.startsWith("candidates/");
        if (finished && !last.startsWith(".") && Files.isRegularFile(path)) {
          BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
          files.put(
              name,
              attributes.fileKey()
                  + " "
                  + attributes.size()
                  + " "
                  + attributes.lastModifiedTime().toMillis());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}
