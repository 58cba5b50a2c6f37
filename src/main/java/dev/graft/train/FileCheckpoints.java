package dev.graft.train;

import com.google.common.hash.Hashing;
import dev.graft.data.io.Storage;
import dev.graft.model.Checkpoints;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints as files {@code <step>-<sha256>.safetensors} of one folder. A file appears whole; the
 * last two stay, so that there is one to go on from when the newest is damaged.
 */
final class FileCheckpoints implements Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(FileCheckpoints.class);
  private static final int KEPT = 2;
  private static final int STEP_DIGITS = 10;
  private static final String EXTENSION = ".safetensors";

  private final String directory;

  FileCheckpoints(String directory) {
    this.directory = directory;
  }

  @Override
  public Optional<Checkpoint> latest() {
    List<Storage.Entry> files = files();
    for (int i = files.size() - 1; i >= 0; i--) {
      String name = files.get(i).name();
      byte[] state = Storage.read(files.get(i).location());
      if (name.equals(name(step(name), state))) {
        return Optional.of(new Checkpoint(step(name), state));
      }
      LOG.warn("checkpoint {} is damaged and passed over", files.get(i).location());
    }
    return Optional.empty();
  }

  @Override
  public void save(Checkpoint checkpoint) {
    String name = name(checkpoint.step(), checkpoint.state());
    Storage.write(Storage.resolve(directory, name), checkpoint.state());
    List<Storage.Entry> files = files();
    for (int i = 0; i < files.size() - KEPT; i++) {
      Storage.delete(files.get(i).location());
    }
  }

  /** The step of the newest file. */
  OptionalLong lastStep() {
    return files().stream().mapToLong(file -> step(file.name())).max();
  }

  /** Removes them all. */
  void clear() {
    Storage.delete(directory);
  }

  private List<Storage.Entry> files() {
    return Storage.list(directory).stream()
        .filter(file -> file.name().matches("\\d{" + STEP_DIGITS + "}-[0-9a-f]{64}" + EXTENSION))
        .toList();
  }

  private static long step(String name) {
    return Long.parseLong(name.substring(0, STEP_DIGITS));
  }

  private static String name(long step, byte[] state) {
    return String.format(
        Locale.ROOT,
        "%0" + STEP_DIGITS + "d-%s" + EXTENSION,
        step,
        Hashing.sha256().hashBytes(state));
  }
}
