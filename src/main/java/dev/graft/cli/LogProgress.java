package dev.graft.cli;

import dev.graft.data.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Tells long work to a log: the first report of a task, one every so often, and the last. */
final class LogProgress implements Progress.Listener {
  private final Consumer<ProgressTask> log;
  private final long intervalNanos;
  private final LongSupplier nanos;
  private final Map<String, ProgressTask> tasks = new HashMap<>();
  private final Map<String, Long> told = new HashMap<>();

  /**
   * @param log takes what is worth a line
   * @param intervalSeconds between two lines of one task
   * @param nanos the clock
   */
  LogProgress(Consumer<ProgressTask> log, double intervalSeconds, LongSupplier nanos) {
    this.log = log;
    this.intervalNanos = (long) (intervalSeconds * 1e9);
    this.nanos = nanos;
  }

  @Override
  public synchronized void onProgress(
      String name, long done, long total, String unit, String detail) {
    long now = nanos.getAsLong();
    ProgressTask task = tasks.get(name);
    if (task == null || task.restartedBy(done, total)) {
      task = new ProgressTask(name, done, now);
      tasks.put(name, task);
      told.remove(name);
    } else if (task.finished()) {
      return;
    }
    task.update(done, total, unit, detail, now);
    if (task.finished() || !told.containsKey(name) || now - told.get(name) >= intervalNanos) {
      told.put(name, now);
      log.accept(task);
    }
  }
}
