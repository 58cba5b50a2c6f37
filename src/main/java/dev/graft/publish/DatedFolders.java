package dev.graft.publish;

import dev.graft.data.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The dates that are published in a place. */
final class DatedFolders {
  private DatedFolders() {}

  /** Folders {@code dt=...} of {@code root} that hold a whole dataset, in the order of dates. */
  static List<String> list(String root) {
    List<String> whole = new ArrayList<>();
    for (String folder : Storage.isLocal(root) ? local(root) : remote(root)) {
      if (Storage.exists(Storage.resolve(folder, PublicationPlace.SUCCESS))) {
        whole.add(folder);
      }
    }
    return whole;
  }

  private static List<String> local(String root) {
    if (!Files.isDirectory(Path.of(root))) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(Path.of(root))) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("dt="))
          .map(Path::toString)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> remote(String root) {
    TreeSet<String> folders = new TreeSet<>();
    for (Storage.Entry entry : Storage.list(root)) {
      String location = entry.location();
      int marker = location.lastIndexOf("/" + PublicationPlace.SUCCESS);
      if (marker > 0
          && location.lastIndexOf("/dt=", marker) == location.lastIndexOf('/', marker - 1)) {
        folders.add(location.substring(0, marker));
      }
    }
    return List.copyOf(folders);
  }
}
