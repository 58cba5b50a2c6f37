package dev.graft.model.store;

import com.google.common.hash.Hashing;
import dev.graft.data.io.Storage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The places whose runs may name models of a store, one small file each in {@code
 * <store>/.places/}. A store is shared, and nothing else leads from a model to the datasets that
 * were made with it.
 */
public final class StoreUsers {
  private final String directory;

  private StoreUsers(String directory) {
    this.directory = directory;
  }

  /** Those of a store. */
  public static StoreUsers of(String storeDirectory) {
    return new StoreUsers(Storage.resolve(storeDirectory, ".places"));
  }

  /** Notes a work directory, unless it is. */
  public void add(String workDirectory) {
    String place =
        Storage.isLocal(workDirectory)
            ? Path.of(workDirectory).toAbsolutePath().normalize().toString()
            : workDirectory;
    String name =
        Hashing.sha256().hashString(place, StandardCharsets.UTF_8).toString().substring(0, 16);
    String file = Storage.resolve(directory, name);
    if (!Storage.exists(file)) {
      Storage.writeText(file, place);
    }
  }

  /** Work directories by the file that notes them. */
  public Map<String, String> list() {
    Map<String, String> places = new TreeMap<>();
    for (Storage.Entry entry : Storage.list(directory)) {
      places.put(entry.location(), Storage.readText(entry.location()));
    }
    return places;
  }
}
