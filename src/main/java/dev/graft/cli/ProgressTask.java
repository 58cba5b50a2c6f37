package dev.graft.cli;

import java.util.Locale;

/** One long task as its reports tell it: how far, how fast, how long still. */
final class ProgressTask {
  private final String name;
  private final long startNanos;
  private final long startDone;
  private long done;
  private long total = -1;
  private long nowNanos;
  private String unit = "";
  private String detail = "";

  /**
   * @param done of the first report: what was there before it, as after a resumed training, says
   *     nothing of the rate
   */
  ProgressTask(String name, long done, long nowNanos) {
    this.name = name;
    this.startNanos = nowNanos;
    this.nowNanos = nowNanos;
    this.startDone = done;
  }

  /** Whether such a report begins the task anew, as the next round of a finished one does. */
  boolean restartedBy(long done, long total) {
    return finished() && (total < 0 || done < total);
  }

  void update(long done, long total, String unit, String detail, long nowNanos) {
    this.done = Math.max(this.done, done);
    this.total = total;
    this.unit = unit;
    this.detail = detail;
    this.nowNanos = nowNanos;
  }

  String name() {
    return name;
  }

  long done() {
    return done;
  }

  long total() {
    return total;
  }

  String unit() {
    return unit;
  }

  String detail() {
    return detail;
  }

  boolean finished() {
    return total >= 0 && done >= total;
  }

  /** 0 to 1, or -1 when the total is not known. */
  double share() {
    return total > 0 ? Math.min(1, (double) done / total) : -1;
  }

  double seconds() {
    return (nowNanos - startNanos) / 1e9;
  }

  /** Units per second since the first report; 0 when not known yet. */
  double rate() {
    return seconds() > 0 ? (done - startDone) / seconds() : 0;
  }

  /** Seconds still to go, or -1 when not known. */
  double remaining() {
    return total > 0 && rate() > 0 ? (total - done) / rate() : -1;
  }

  /** {@code 41 % 1,230/3,000 steps 112/s eta 0:16 loss 0.231}. */
  String figures() {
    StringBuilder text = new StringBuilder();
    if (share() >= 0) {
      text.append(String.format(Locale.ROOT, "%3d %%  ", (int) Math.floor(100 * share())));
    }
    text.append(String.format(Locale.ROOT, "%,d", done));
    if (total > 0) {
      text.append(String.format(Locale.ROOT, "/%,d", total));
    }
    text.append(' ').append(unit);
    if (rate() > 0) {
      text.append(String.format(Locale.ROOT, rate() < 10 ? "  %.1f/s" : "  %,.0f/s", rate()));
    }
    if (finished() && seconds() > 0) {
      text.append("  in ").append(clock(seconds()));
    } else if (!finished() && remaining() >= 0) {
      text.append("  eta ").append(clock(remaining()));
    }
    if (!detail.isEmpty()) {
      text.append("  ").append(detail);
    }
    return text.toString();
  }

  /** {@code 0:16}, {@code 12:05}, {@code 1:02:03}. */
  static String clock(double seconds) {
    long whole = Math.round(seconds);
    return whole >= 3600
        ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
        : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
  }
}
