package dev.graft.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Looks all the time, as a reader would, at the place where datasets appear: a folder with data in
 * it must be whole, that is, hold its {@code _SUCCESS}.
 */
final class VisibilityWatch implements AutoCloseable {
  private final Path out;
  private final List<String> violations = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closed;

  VisibilityWatch(Path out) {
    this.out = out;
    this.thread = new Thread(this::watch, "visibility-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** What was seen half-published so far, now looked at once more. */
  List<String> violations() {
    look();
    synchronized (violations) {
      return List.copyOf(violations);
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    while (!closed) {
      look();
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(2_000_000);
    }
  }

  private void look() {
    for (Path dataset : folders(out)) {
      // Data first, marker second: a dataset that is published in between is not mistaken.
      boolean data = Files.exists(dataset.resolve("data"));
      if (data && !Files.exists(dataset.resolve("_SUCCESS"))) {
        synchronized (violations) {
          violations.add(out.relativize(dataset) + " has data and no _SUCCESS");
        }
      }
    }
  }

  private static List<Path> folders(Path out) {
    try (Stream<Path> entries = Files.list(out)) {
      return entries.filter(entry -> !entry.getFileName().toString().startsWith(".")).toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
