package dev.graft.model.store;

import dev.graft.data.io.Storage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The numbering of a name's versions: empty files {@code <n>-<digest>}, whose sorted order is the
 * order of the versions. Two processes that take the same n at once are told apart by their
 * digests, so nothing needs to be locked, on any file system.
 */
final class Aliases {
  private static final int NUMBER_DIGITS = 6;

  private final String directory;

  private Aliases(String directory) {
    this.directory = directory;
  }

  static Aliases of(String store, String name) {
    return new Aliases(Storage.resolve(store, name + "/aliases"));
  }

  /** Digests by number: the first is @1. */
  List<String> digests() {
    Set<String> digests = new LinkedHashSet<>();
    for (Storage.Entry entry : Storage.list(directory)) {
      digests.add(entry.name().substring(NUMBER_DIGITS + 1));
    }
    return List.copyOf(digests);
  }

  /** Gives {@code digest} the next number, unless it has one. */
  void add(String digest) {
    List<String> digests = digests();
    if (!digests.contains(digest)) {
      String name = String.format(Locale.ROOT, "%06d-%s", digests.size() + 1, digest);
      Storage.write(Storage.resolve(directory, name), new byte[0]);
    }
  }
}
