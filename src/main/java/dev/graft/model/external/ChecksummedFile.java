package dev.graft.model.external;

import com.google.common.hash.Hashing;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a definition names by its checksum.
 *
 * @param kind what it is, for messages
 * @param section of the definition
 * @param path absolute, or an address that workers reach too
 * @param sha256 of its content, in hexadecimal digits
 */
public record ChecksummedFile(String kind, String section, String path, String sha256) {
  /** Whether it is there; the content of a local file is looked at as well. */
  public void check() {
    if (!isLocal() && !Storage.exists(path) || isLocal() && !Files.isRegularFile(Path.of(path))) {
      throw GraftException.usage(
          "there is no %s %s; %s.path is looked for beside the definition", kind, path, section);
    }
    if (isLocal()) {
      content();
    }
  }

  /** Whether it lies on a disk of this machine, and is quickly read. */
  public boolean isLocal() {
    return Storage.isLocal(path);
  }

  /**
   * Reads it.
   *
   * @throws GraftException (exit 2) when it is not what the definition means
   */
  public byte[] content() {
    byte[] content = Storage.read(path);
    String found = Hashing.sha256().hashBytes(content).toString();
    if (!found.equals(sha256)) {
      throw GraftException.usage(
          "%s %s (%d bytes) has the SHA-256 %s, its definition says %s; take the right file, or"
              + " correct %s.sha256",
          kind, path, content.length, found, sha256, section);
    }
    return content;
  }
}
