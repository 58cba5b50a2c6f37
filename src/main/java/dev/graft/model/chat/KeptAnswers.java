package dev.graft.model.chat;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.graft.data.io.Storage;
import dev.graft.data.json.SealedJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Answers by the digest of their question, {@code <folder>/<2 digits>/<62 digits>.json}. Where two
 * workers get different answers to one question, the first that is kept counts for both: on a local
 * disk always, on object stores, which make no file exclusively, unless both are kept at the same
 * moment. A damaged file counts as none. Thread-safe.
 */
final class KeptAnswers {
  private static final int MOST_IN_MEMORY = 4096;
  private static final int FOLDER_DIGITS = 2;

  private final String folder;
  private final Cache<String, KeptAnswer> recent =
      CacheBuilder.newBuilder().maximumSize(MOST_IN_MEMORY).build();

  /**
   * @param folder made when it is needed; empty to keep answers in memory alone, the latest few
   *     thousand
   */
  KeptAnswers(String folder) {
    this.folder = folder;
  }

  Optional<KeptAnswer> find(String key) {
    KeptAnswer known = recent.getIfPresent(key);
    if (known != null || folder.isEmpty()) {
      return Optional.ofNullable(known);
    }
    Optional<KeptAnswer> found = SealedJson.find(location(key), KeptAnswer.class);
    found.ifPresent(answer -> recent.put(key, answer));
    return found;
  }

  /** Keeps an answer; gives what counts, which is the one that was kept first. */
  KeptAnswer keep(String key, KeptAnswer answer) {
    KeptAnswer first = folder.isEmpty() ? answer : written(location(key), answer);
    recent.put(key, first);
    return first;
  }

  private static KeptAnswer written(String location, KeptAnswer answer) {
    byte[] content = SealedJson.text(answer).getBytes(StandardCharsets.UTF_8);
    if (Storage.isLocal(location)) {
      return linked(location, content) ? answer : read(location).orElse(answer);
    }
    if (read(location).isEmpty()) {
      Storage.write(location, content);
    }
    return read(location).orElse(answer);
  }

  private static Optional<KeptAnswer> read(String location) {
    return SealedJson.find(location, KeptAnswer.class);
  }

  /** Whether this call has given the file its name, whole. */
  private static boolean linked(String location, byte[] content) {
    String temporary = Storage.temporaryName(location);
    try {
      try (OutputStream out = Storage.create(temporary)) {
        out.write(content);
      }
      try {
        Files.createLink(Path.of(location), Path.of(temporary));
      } catch (FileAlreadyExistsException e) {
        if (read(location).isPresent()) {
          Files.delete(Path.of(temporary));
          return false;
        }
        Storage.move(temporary, location);
        return true;
      } catch (FileSystemException | UnsupportedOperationException e) {
        // A disk without links: the last writer counts.
        Storage.move(temporary, location);
        return true;
      }
      Files.delete(Path.of(temporary));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String location(String key) {
    return Storage.resolve(
        folder, key.substring(0, FOLDER_DIGITS) + "/" + key.substring(FOLDER_DIGITS) + ".json");
  }
}
