package dev.graft.workflow;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * One launch at a time per work directory. On a local disk the operating system lets go of it when
 * its holder dies; on an object store it is a {@link StoreClaim}. It saves work; correctness never
 * depends on it, for attempts write apart and the commit decides.
 */
public final class RunLock implements AutoCloseable {
  /**
   * Files that this process holds. A POSIX lock is lost when its process closes any channel of the
   * file, so a file that is held must not be opened a second time.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Path file;
  private final Optional<FileChannel> channel;
  private final Optional<StoreClaim> claim;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = Optional.of(channel);
    this.claim = Optional.empty();
  }

  private RunLock(StoreClaim claim) {
    this.file = null;
    this.channel = Optional.empty();
    this.claim = Optional.of(claim);
  }

  /**
   * Takes the lock.
   *
   * @throws GraftException (exit 5) when another launch holds the place, (exit 2) when the
   *     directory cannot be written
   */
  public static RunLock acquire(String workDirectory) {
    if (!Storage.isLocal(workDirectory)) {
      return new RunLock(StoreClaim.acquire(workDirectory));
    }
    try {
      Path directory = Files.createDirectories(Path.of(workDirectory)).toRealPath();
      Optional<RunLock> lock = tryAcquire(directory.resolve(".lock"));
      if (lock.isPresent()) {
        return lock.get();
      }
    } catch (IOException e) {
      throw new GraftException(
          ExitCode.USAGE,
          "cannot write to "
              + workDirectory
              + " ("
              + e
              + "); publish.to must be a directory that this user can write to",
          e);
    }
    throw new GraftException(
        ExitCode.BUSY,
        "another run works in "
            + workDirectory
            + "; wait for it to end, then run this command again");
  }

  private static Optional<RunLock> tryAcquire(Path file) throws IOException {
    synchronized (HELD) {
      if (HELD.contains(file)) {
        return Optional.empty();
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        return Optional.empty();
      }
      HELD.add(file);
      return Optional.of(new RunLock(file, channel));
    }
  }

  /**
   * Whether the lock was free; another class loader of this process may hold it too. Whoever has
   * the first byte has the place and takes the second one for {@link #isHeld} to see, which so
   * never makes a launch believe that the place is taken.
   */
  private static boolean locked(FileChannel channel) throws IOException {
    try {
      if (channel.tryLock(0, 1, false) == null) {
        return false;
      }
      channel.lock(1, 1, false);
      return true;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Whether a launch holds the place right now. */
  static boolean isHeld(String workDirectory) {
    if (!Storage.isLocal(workDirectory)) {
      return StoreClaim.isHeld(workDirectory);
    }
    if (!Files.exists(Path.of(workDirectory, ".lock"))) {
      return false;
    }
    try {
      Path file = Path.of(workDirectory).toRealPath().resolve(".lock");
      synchronized (HELD) {
        if (HELD.contains(file)) {
          return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
          return channel.tryLock(1, 1, true) == null;
        } catch (OverlappingFileLockException e) {
          return true;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    claim.ifPresent(StoreClaim::close);
    if (channel.isEmpty()) {
      return;
    }
    synchronized (HELD) {
      try {
        channel.get().close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        HELD.remove(file);
      }
    }
  }
}
