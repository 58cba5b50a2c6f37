package dev.graft.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a run's dataset goes: {@code <to>/dt=YYYY-MM-DD}, or {@code <to>/run=<fingerprint>} for an
 * undated run. It is empty, holds a whole dataset, or says why one was refused; it changes from one
 * to the other in one step. A dataset that is replaced is kept under {@code
 * <to>/.published/replaced/} for whoever still reads it.
 */
final class PublicationPlace {
  static final String SUCCESS = StageContext.SUCCESS;
  static final String REFUSED = "_REFUSED";
  static final String BEGUN = "_PUBLISHING";
  static final String REFUSED_SUFFIX = ".refused";
  private static final String DATED = "dt=";

  private final String root;
  private final String name;
  private final String fingerprint;
  private final boolean renames;

  /**
   * @param renames whether the file system renames folders, as local disks do and object stores do
   *     not
   */
  PublicationPlace(String root, String name, String fingerprint, boolean renames) {
    this.renames = renames;
    this.root = root;
    this.name = name;
    this.fingerprint = fingerprint;
  }

  static PublicationPlace of(StageContext context) {
    String fingerprint = context.fingerprint(StageName.PUBLISH);
    String name =
        context.runDate().isEmpty()
            ? "run=" + fingerprint.substring(0, 16)
            : DATED + context.runDate();
    String root = context.spec().publish().to();
    return new PublicationPlace(root, name, fingerprint, Storage.isLocal(root));
  }

  /** The folder that readers open. */
  String directory() {
    return Storage.resolve(root, name);
  }

  /** The fingerprint of the dataset that is there, if one is. */
  Optional<String> published() {
    String marker = Storage.resolve(directory(), SUCCESS);
    if (!Storage.exists(marker)) {
      return Optional.empty();
    }
    try {
      JsonNode content = Json.mapper().readTree(Storage.read(marker));
      return Optional.of(content.path("fingerprint").asText()).filter(PublicationPlace::isOurs);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Other tools leave files of the same name. */
  private static boolean isOurs(String fingerprint) {
    return fingerprint.length() == 64;
  }

  /** Whether this very dataset is there already, and whole. */
  boolean isDone() {
    return published().equals(Optional.of(fingerprint))
        && Manifest.read(directory()).filter(this::isWhole).isPresent();
  }

  private boolean isWhole(Manifest manifest) {
    Map<String, Long> sizes = new HashMap<>();
    for (Storage.Entry entry : Storage.list(directory())) {
      sizes.put(entry.location(), entry.size());
    }
    return manifest.files().stream()
        .allMatch(
            file ->
                Objects.equals(sizes.get(Storage.resolve(directory(), file.path())), file.bytes()));
  }

  /**
   * Fails (exit 2) when something else is in the place that may not be replaced.
   *
   * @param overwrite whether another dataset may be
   */
  void check(boolean overwrite) {
    Optional<String> other = published().filter(found -> !found.equals(fingerprint));
    if (other.isPresent() && !overwrite) {
      throw GraftException.usage(
          "%s already holds a dataset of another run (fingerprint %s; this run's is %s); choose"
              + " another --run-date or publish.to, or replace it with --overwrite",
          directory(), other.get().substring(0, 16), fingerprint.substring(0, 16));
    }
    if (other.isPresent() && !renames) {
      throw GraftException.usage(
          "%s already holds a dataset, and --overwrite works on local disks only; choose another"
              + " --run-date or publish.to",
          directory());
    }
    if (published().isEmpty() && !isOfOurs() && !Storage.list(directory()).isEmpty()) {
      throw GraftException.usage(
          "%s is in the way: it holds files but no %s of Graft; move it elsewhere",
          directory(), SUCCESS);
    }
  }

  /** Makes a finished folder the dataset of this place. */
  void publish(String staged) {
    if (!renames) {
      copyInOrder(staged);
    } else {
      put(staged, directory());
      dropRefusal();
    }
  }

  /** A refusal beside the place speaks of a run before the one that has now been published. */
  private void dropRefusal() {
    Path refusal = Path.of(directory() + REFUSED_SUFFIX);
    if (Files.exists(refusal)) {
      try {
        Path aside = aside(refusal);
        Files.createDirectories(aside.getParent());
        Files.move(refusal, aside, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Makes a folder with {@link #REFUSED} visible; a dataset that is there stays. */
  String refuse(String staged) {
    String target = published().isPresent() ? directory() + REFUSED_SUFFIX : directory();
    if (renames) {
      put(staged, target);
    } else {
      copyWithLast(staged, target, REFUSED);
    }
    return target;
  }

  /** The folders of other dates that hold a dataset, from the newest to the oldest before ours. */
  List<String> earlier() {
    List<String> folders = new ArrayList<>();
    if (!name.startsWith(DATED)) {
      return folders;
    }
    for (String folder : DatedFolders.list(root)) {
      String folderName = folder.substring(folder.lastIndexOf('/') + 1);
      if (folderName.compareTo(name) < 0) {
        folders.add(0, folder);
      }
    }
    return folders;
  }

  /** Whether what is there, no dataset, may go: a refusal, or what was left half copied. */
  private boolean isOfOurs() {
    return Storage.exists(Storage.resolve(directory(), REFUSED))
        || Storage.exists(Storage.resolve(directory(), BEGUN));
  }

  private void put(String staged, String target) {
    Path place = Path.of(target);
    try {
      Files.createDirectories(place.getParent());
      if (!Files.exists(place)) {
        Files.move(Path.of(staged), place, StandardCopyOption.ATOMIC_MOVE);
        return;
      }
      DirectorySwitch.replace(place, Path.of(staged), aside(place));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot publish to " + target + ": " + e.getMessage(), e);
    }
  }

  /** A free name for what is replaced. */
  private Path aside(Path place) {
    Path folder = Path.of(root, ".published", "replaced", place.getFileName().toString());
    int number = 1;
    while (Files.exists(folder.resolve(Integer.toString(number)))) {
      number++;
    }
    return folder.resolve(Integer.toString(number));
  }

  /**
   * Object stores rename nothing: readers wait for the marker, which comes last, when nothing of an
   * earlier run is left. Whoever dies on the way leaves {@link #BEGUN}, and the place stays free.
   */
  private void copyInOrder(String staged) {
    String begun = Storage.resolve(directory(), BEGUN);
    Storage.writeText(begun, "{\"fingerprint\": \"" + fingerprint + "\"}");
    for (Storage.Entry left : Storage.list(directory())) {
      if (!left.location().equals(begun)) {
        Storage.delete(left.location());
      }
    }
    Storage.delete(directory() + REFUSED_SUFFIX);
    copyWithLast(staged, directory(), SUCCESS);
    Storage.delete(begun);
  }

  private static void copyWithLast(String staged, String target, String marker) {
    Map<String, String> files = new TreeMap<>();
    for (Storage.Entry entry : Storage.list(staged)) {
      String name = Storage.relative(staged, entry.location());
      files.put(entry.location(), Storage.resolve(target, name));
    }
    String last = Storage.resolve(staged, marker);
    Map<String, String> markers = Map.of(last, files.remove(last));
    Storage.copy(files);
    Storage.copy(markers);
  }
}
