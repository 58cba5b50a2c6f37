package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.hash.Hashing;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.publish.Manifest.ManifestFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A dataset that is published under a date before another.
 *
 * @param date {@code YYYY-MM-DD}
 * @param directory its folder
 * @param contentDigest of all its rows, whatever their files and order
 * @param synthetic its files of synthetic rows, in the order of their names
 */
public record EarlierDataset(
    String date, String directory, String contentDigest, List<ManifestFile> synthetic) {
  private static final String DATED = "dt=\\d{4}-\\d\\d-\\d\\d";

  public EarlierDataset {
    synthetic = List.copyOf(synthetic);
  }

  /**
   * What a place holds under dates before {@code runDate}, oldest first. Dates that were refused or
   * are not finished are passed over, and so are datasets of other names and folders of other
   * tools.
   *
   * @param name of the dataset
   * @param runDate {@code YYYY-MM-DD}; nothing is before an undated run
   * @throws GraftException (exit 3) when a folder does not tell what was published there
   */
  public static List<EarlierDataset> before(String root, String name, String runDate) {
    List<EarlierDataset> earlier = new ArrayList<>();
    if (runDate.isEmpty()) {
      return earlier;
    }
    for (String folder : DatedFolders.list(root)) {
      String dated = folder.substring(folder.lastIndexOf('/') + 1);
      if (dated.matches(DATED)
          && dated.substring("dt=".length()).compareTo(runDate) < 0
          && !Storage.exists(Storage.resolve(folder, PublicationPlace.REFUSED))) {
        manifest(folder)
            .filter(manifest -> manifest.name().equals(name))
            .ifPresent(manifest -> earlier.add(of(dated, folder, manifest)));
      }
    }
    return List.copyOf(earlier);
  }

  private static EarlierDataset of(String dated, String folder, Manifest manifest) {
    return new EarlierDataset(
        dated.substring("dt=".length()),
        folder,
        manifest.contentDigest(),
        manifest.files().stream()
            .filter(file -> file.path().startsWith(PlanPublication.SYNTHETIC))
            .toList());
  }

  /** The manifest that {@code _SUCCESS} vouches for; nothing in a folder of other tools. */
  private static Optional<Manifest> manifest(String folder) {
    String file = Storage.resolve(folder, Manifest.FILE);
    JsonNode marker = parse(bytes(Storage.resolve(folder, PublicationPlace.SUCCESS)));
    boolean ours = marker.path("fingerprint").asText().length() == 64;
    if (!Storage.exists(file)) {
      if (ours) {
        throw damaged(file, "it is missing");
      }
      return Optional.empty();
    }
    byte[] content = bytes(file);
    String sha256 = Hashing.sha256().hashBytes(content).toString();
    if (!sha256.equals(marker.path("manifest-sha256").asText())) {
      throw damaged(file, "its SHA-256 is not the one in " + PublicationPlace.SUCCESS);
    }
    Manifest manifest = Json.read(content, Manifest.class);
    if (manifest.name() == null || manifest.contentDigest() == null || manifest.files() == null) {
      throw damaged(file, "it names no dataset, digest or files");
    }
    return Optional.of(manifest);
  }

  private static byte[] bytes(String file) {
    try {
      return Storage.read(file);
    } catch (UncheckedIOException e) {
      if (Storage.isLocal(file)) {
        throw damaged(file, "it cannot be read: " + e.getCause());
      }
      throw e;
    }
  }

  /** Nothing where it is no JSON. */
  private static JsonNode parse(byte[] content) {
    try {
      return Json.mapper().readTree(content);
    } catch (IOException e) {
      return Json.mapper().missingNode();
    }
  }

  private static GraftException damaged(String file, String why) {
    return GraftException.input(
        "%s is not what was published, so what it names cannot be excluded: %s; restore it, move"
            + " its folder elsewhere, or leave out augment.exclude-published",
        file, why);
  }
}
