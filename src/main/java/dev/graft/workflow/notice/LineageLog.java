package dev.graft.workflow.notice;

import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps lineage events: a line each in {@code lineage.jsonl} of the work directory (on an object
 * store, which appends to nothing, in {@code lineage/<run>.jsonl}), and at a collector when there
 * is one. Neither can fail a run, nor hold it up for more than {@link #PATIENCE} in all.
 */
final class LineageLog implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Logger LOG = LoggerFactory.getLogger(LineageLog.class);

  private final String file;
  private final StringBuilder kept = new StringBuilder();
  private final JsonPost collector;
  private final String address;
  private final ExecutorService sender;
  private boolean fileFailed;
  private volatile boolean collectorFailed;
  private int sent;
  private volatile int accepted;

  LineageLog(String workDirectory, String runId, NoticeSettings settings) {
    this.file =
        Storage.resolve(
            workDirectory,
            Storage.isLocal(workDirectory) ? "lineage.jsonl" : "lineage/" + runId + ".jsonl");
    this.address = settings.lineageUrl();
    boolean collected = !address.isEmpty();
    this.collector = collected ? new JsonPost(address, settings.lineageKey(), PATIENCE) : null;
    this.sender = collected ? Executors.newSingleThreadExecutor(LineageLog::daemon) : null;
  }

  void add(Map<String, Object> event) {
    String line = Json.canonical(event);
    append(line + "\n");
    if (collector != null) {
      sent++;
      sender.execute(() -> post(line));
    }
  }

  private void append(String line) {
    if (fileFailed) {
      return;
    }
    try {
      if (Storage.isLocal(file)) {
        Path path = Path.of(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } else {
        Storage.writeText(file, kept.append(line).toString());
      }
    } catch (IOException | UncheckedIOException e) {
      fileFailed = true;
      LOG.warn("lineage events are not kept: cannot write to {}: {}", file, e.getMessage());
    }
  }

  /** After a failure the rest is not tried: a collector that is down must not cost each event. */
  private void post(String line) {
    if (collectorFailed) {
      return;
    }
    try {
      collector.send(line);
      accepted++;
    } catch (IOException e) {
      collectorFailed = true;
      LOG.warn(
          "the lineage collector {} takes no events: {}; they are in {}",
          address,
          e.getMessage(),
          file);
    } catch (InterruptedException e) {
      collectorFailed = true;
    }
  }

  /** Waits for the collector, but not for long. */
  @Override
  public void close() {
    if (collector == null) {
      return;
    }
    sender.shutdown();
    try {
      if (!sender.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        sender.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (accepted < sent) {
      LOG.warn("{} of {} lineage events did not reach {}", sent - accepted, sent, address);
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "graft-lineage");
    thread.setDaemon(true);
    return thread;
  }
}
