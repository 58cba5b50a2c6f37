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
import java.util.Optional;

/**
 * One launch at a time per work directory. The operating system lets go of it when its holder dies.
 * It saves work; correctness never depends on it, for attempts write apart and the commit decides.
 */
final class RunLock implements AutoCloseable {
  private final Optional<FileChannel> channel;

  private RunLock(Optional<FileChannel> channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock.
   *
   * @throws GraftException (exit 5) when another launch holds the place, (exit 2) when the
   *     directory cannot be written
   */
  static RunLock acquire(String workDirectory) {
    if (!Storage.isLocal(workDirectory)) {
      return new RunLock(Optional.empty());
    }
    Path file = Path.of(workDirectory, ".lock");
    try {
      Files.createDirectories(file.getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (held(channel)) {
        return new RunLock(Optional.of(channel));
      }
      channel.close();
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

  private static boolean held(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      if (channel.isPresent()) {
        channel.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
