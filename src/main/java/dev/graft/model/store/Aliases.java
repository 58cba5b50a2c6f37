package dev.graft.model.store;

import dev.graft.data.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbering of a name's versions. On a local disk a file {@code <n>} holds the digest of
 * version n and is made by one process alone: a number never changes its meaning. On object stores,
 * which make no file exclusively, and in stores of before, empty files {@code <n>-<digest>} are
 * numbered by their sorted order; two that are added at once may there exchange their numbers until
 * both are to be seen.
 */
final class Aliases {
  private static final String WITH_DIGEST = "\\d{6}-.+";
  private static final int NUMBER_DIGITS = 6;
  private static final String DIGEST = "[0-9a-f]{64}";

  private final String directory;

  private Aliases(String directory) {
    this.directory = directory;
  }

  static Aliases of(String store, String name) {
    return new Aliases(Storage.resolve(store, name + "/aliases"));
  }

  /** Digests by number, from 1. */
  SortedMap<Integer, String> digests() {
    SortedMap<Integer, String> digests = new TreeMap<>();
    int last = 0;
    for (Storage.Entry entry : Storage.list(directory)) {
      String name = entry.name();
      String digest =
          name.matches(WITH_DIGEST)
              ? name.substring(NUMBER_DIGITS + 1)
              : Storage.readText(entry.location());
      last = Math.max(last + 1, Integer.parseInt(name.substring(0, NUMBER_DIGITS)));
      boolean written = name.matches(WITH_DIGEST) || digest.matches(DIGEST);
      if (written && !digests.containsValue(digest)) {
        digests.put(last, digest);
      }
    }
    return digests;
  }

  /** Gives {@code digest} the next number, unless it has one. */
  void add(String digest) {
    if (!Storage.isLocal(directory)) {
      if (!digests().containsValue(digest)) {
        Storage.write(Storage.resolve(directory, number(next()) + "-" + digest), new byte[0]);
      }
      return;
    }
    try {
      Files.createDirectories(Path.of(directory));
      while (!digests().containsValue(digest)) {
        take(Path.of(directory, number(next())), digest);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void take(Path file, String digest) throws IOException {
    try {
      Files.write(file, digest.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      return; // another process was faster; the next number then
    }
  }

  /** One more than every number that is taken, also by a file that is still being written. */
  private int next() {
    List<Storage.Entry> files = Storage.list(directory);
    int last = 0;
    for (Storage.Entry file : files) {
      last = Math.max(last + 1, Integer.parseInt(file.name().substring(0, NUMBER_DIGITS)));
    }
    return last + 1;
  }

  private static String number(int number) {
    return String.format(Locale.ROOT, "%06d", number);
  }
}
