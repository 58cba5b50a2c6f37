package dev.graft.data;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Where long work says how far it is. Workers in the launcher's own JVM reach its terminal;
 * elsewhere the default listener drops the reports (stages log their milestones themselves).
 */
public final class Progress {
  /** Receives reports; called from any thread. */
  @FunctionalInterface
  public interface Listener {
    void onProgress(String task, long done, long total, String unit, String detail);
  }

  private static final AtomicReference<Listener> LISTENER =
      new AtomicReference<>((task, done, total, unit, detail) -> {});

  private Progress() {}

  /** Makes {@code listener} the receiver of all reports in this JVM. */
  public static void listen(Listener listener) {
    LISTENER.set(listener);
  }

  /**
   * @param task what is going on, such as {@code train generator}
   * @param done units finished
   * @param total units in all, or -1 when not known
   * @param unit such as {@code steps} or {@code samples}
   * @param detail one more figure, such as {@code loss 0.231}; may be empty
   */
  public static void report(String task, long done, long total, String unit, String detail) {
    LISTENER.get().onProgress(task, done, total, unit, detail);
  }
}
