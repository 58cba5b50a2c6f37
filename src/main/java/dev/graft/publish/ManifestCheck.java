package dev.graft.publish;

import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.DatasetDigest;
import dev.graft.publish.Manifest.ManifestFile;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Holds a published folder against its manifest. Every failure exits 3 and names the file. */
final class ManifestCheck {
  private final String directory;
  private final Manifest manifest;

  ManifestCheck(String directory, Manifest manifest) {
    this.directory = directory;
    this.manifest = manifest;
  }

  /**
   * Compares the list of files and their sizes. Hidden files and folders are other tools'.
   *
   * @throws GraftException (exit 3) when a file is missing, not listed, or of another size
   */
  void sizes() {
    Map<String, Long> found = new TreeMap<>();
    for (Storage.Entry entry : Storage.list(directory)) {
      String path = Storage.relative(directory, entry.location());
      if (!path.startsWith(".") && !path.contains("/.")) {
        found.put(path, entry.size());
      }
    }
    found.remove(Manifest.FILE);
    found.remove(PublicationPlace.SUCCESS);
    for (ManifestFile file : manifest.files()) {
      Long size = found.remove(file.path());
      if (size == null) {
        throw damaged("%s is missing: %s lists it", file.path(), Manifest.FILE);
      }
      if (size != file.bytes()) {
        throw damaged(
            "%s has %d bytes: %s says %d", file.path(), size, Manifest.FILE, file.bytes());
      }
    }
    if (!found.isEmpty()) {
      throw damaged(
          "%s is not one of the files that %s lists; move it elsewhere",
          found.keySet().iterator().next(), Manifest.FILE);
    }
  }

  /**
   * Compares the content of every file, and of all rows.
   *
   * @throws GraftException (exit 3) when a file or the rows are not what was published
   */
  void contents(DatasetDigest digest) {
    for (ManifestFile file : manifest.files()) {
      String sha256 = Storage.sha256(Storage.resolve(directory, file.path()));
      if (!sha256.equals(file.sha256())) {
        throw damaged(
            "%s has other content: its SHA-256 is %s, %s says %s",
            file.path(), sha256, Manifest.FILE, file.sha256());
      }
    }
    if (!digest.digest().equals(manifest.contentDigest())) {
      throw damaged(
          "the rows in data/ have the content digest %s: %s says %s",
          digest.digest(), Manifest.FILE, manifest.contentDigest());
    }
  }

  private GraftException damaged(String format, Object... values) {
    return GraftException.input(
        "%s is not what was published: %s", directory, String.format(Locale.ROOT, format, values));
  }
}
