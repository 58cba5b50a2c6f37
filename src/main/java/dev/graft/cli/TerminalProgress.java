package dev.graft.cli;

import dev.graft.data.Progress;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows long work on a terminal: one line per task under way, redrawn in place; a finished task's
 * line stays.
 */
final class TerminalProgress implements Progress.Listener, AutoCloseable {
  private static final long REDRAW_NANOS = 100_000_000;
  private static final int BAR = 20;
  private static final int WIDE = 100;

  private final PrintWriter out;
  private final int columns;
  private final LongSupplier nanos;
  private final Map<String, ProgressTask> tasks = new LinkedHashMap<>();
  private int drawn;
  private long lastDraw;

  /**
   * @param columns width of the terminal
   * @param nanos the clock
   */
  TerminalProgress(PrintWriter out, int columns, LongSupplier nanos) {
    this.out = out;
    this.columns = columns;
    this.nanos = nanos;
    this.lastDraw = nanos.getAsLong() - REDRAW_NANOS;
  }

  @Override
  public synchronized void onProgress(
      String name, long done, long total, String unit, String detail) {
    long now = nanos.getAsLong();
    ProgressTask task = tasks.get(name);
    if (task == null || task.restartedBy(done, total)) {
      task = new ProgressTask(name, done, now);
      tasks.put(name, task);
    } else if (task.finished()) {
      return;
    }
    task.update(done, total, unit, detail, now);
    if (task.finished()) {
      erase();
      out.println(line(task));
      draw(now);
    } else if (now - lastDraw >= REDRAW_NANOS) {
      erase();
      draw(now);
    }
  }

  /** Prints a line above those that are redrawn. */
  synchronized void println(String text) {
    erase();
    out.println(text);
    draw(nanos.getAsLong());
  }

  /** Leaves the lines under way as they are. */
  @Override
  public synchronized void close() {
    tasks.clear();
    drawn = 0;
    out.flush();
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\r\u001b[J");
      drawn = 0;
    }
  }

  private void draw(long now) {
    for (ProgressTask task : tasks.values()) {
      if (!task.finished()) {
        out.println(line(task));
        drawn++;
      }
    }
    lastDraw = now;
    out.flush();
  }

  private String line(ProgressTask task) {
    String bar = "";
    if (task.share() >= 0 && columns >= WIDE) {
      int filled = (int) Math.floor(BAR * task.share());
      bar = "[" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] ";
    }
    String text = String.format("  %-18s %s%s", task.name(), bar, task.figures());
    return text.length() < columns ? text : text.substring(0, columns - 1);
  }
}
