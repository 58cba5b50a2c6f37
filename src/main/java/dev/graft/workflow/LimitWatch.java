package dev.graft.workflow;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.spec.LaunchLimits;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a launch that takes more than its limits: cancels the job that runs, and lets no further
 * stage begin. It looks at the clock and at sizes of files, and never at what is in them: it
 * decides whether there is a result, not which.
 */
final class LimitWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LimitWatch.class);
  private static final long UNKNOWN = -1;
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration COUNT_LOCAL = Duration.ofSeconds(2);
  private static final Duration COUNT_REMOTE = Duration.ofSeconds(30);

  /**
   * A cancelled job that takes longer to end, as in the middle of a training, is left to itself.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final LaunchLimits limits;
  private final String workDirectory;
  private final Thread launcher = Thread.currentThread();
  private final long start = System.nanoTime();
  private volatile long bytesBefore = UNKNOWN;
  private volatile long counted = System.nanoTime();
  private volatile Runnable cancel;
  private volatile Runnable reachedInJob;
  private volatile String reached = "";
  private volatile boolean closed;

  private LimitWatch(LaunchLimits limits, String workDirectory) {
    this.limits = limits;
    this.workDirectory = workDirectory;
    written();
  }

  /** Begins to watch; the launch begins now, on this thread. */
  static LimitWatch begin(LaunchLimits limits, String workDirectory) {
    LimitWatch watch = new LimitWatch(limits, workDirectory);
    if (!limits.equals(LaunchLimits.NONE)) {
      Thread thread = new Thread(watch::watch, "graft-limits");
      thread.setDaemon(true);
      thread.start();
    }
    return watch;
  }

  /** Whether there is anything to watch. */
  boolean isOn() {
    return !limits.equals(LaunchLimits.NONE);
  }

  /**
   * Before a job begins.
   *
   * @throws GraftException (exit 1) when a limit is reached
   */
  void check() {
    if (reached.isEmpty()) {
      look(true);
    }
    if (!reached.isEmpty()) {
      throw failure();
    }
  }

  /** What has been reached, as the end of an attempt. */
  GraftException failure() {
    return new GraftException(ExitCode.TRANSIENT, reached);
  }

  /** The job runs and can be ended by {@code cancel}. */
  void job(Runnable cancel) {
    this.cancel = cancel;
  }

  /**
   * A job is about to be launched.
   *
   * @param reachedInJob to be done before it is cancelled
   */
  void begin(Runnable reachedInJob) {
    this.cancel = null;
    this.reachedInJob = reachedInJob;
  }

  /** The job has ended, one way or another; what was reached while it ran. */
  synchronized Optional<String> end() {
    cancel = null;
    reachedInJob = null;
    if (!reached.isEmpty()) {
      Thread.interrupted(); // files could not be written with it
    }
    return reached.isEmpty() ? Optional.empty() : Optional.of(reached);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void watch() {
    long reachedAt = 0;
    while (!closed) {
      try {
        Thread.sleep(LOOK.toMillis());
      } catch (InterruptedException e) {
        return;
      }
      if (reached.isEmpty()) {
        look(false);
        reachedAt = System.nanoTime();
      } else {
        cancelJob(since(reachedAt).compareTo(PATIENCE) > 0);
      }
    }
  }

  private synchronized void cancelJob(boolean leave) {
    Runnable before = reachedInJob;
    if (before == null) {
      return;
    }
    try {
      before.run();
    } catch (RuntimeException e) {
      LOG.debug("the end of the launch could not be noted", e);
    }
    try {
      if (cancel != null) {
        cancel.run();
      }
    } catch (RuntimeException e) {
      LOG.debug("the job could not be cancelled", e);
    }
    if (leave) {
      launcher.interrupt();
    }
  }

  private void look(boolean countNow) {
    double minutes = since(start).toMillis() / 60_000.0;
    if (limits.minutes() > 0 && minutes >= limits.minutes()) {
      reached = message("minutes", limits.minutes(), minutes, written());
    } else if (limits.bytes() > 0 && (countNow || since(counted).compareTo(interval()) > 0)) {
      long written = written();
      counted = System.nanoTime();
      if (written > limits.bytes()) {
        reached = message("bytes", limits.bytes(), minutes, written);
      }
    }
  }

  private static String message(String limit, Number allowed, double minutes, long written) {
    return String.format(
        Locale.ROOT,
        "limits.%s is %s, and this launch has taken %.1f minutes%s; it is ended and nothing is"
            + " published. What is done is kept: raise the limit (or --set limits.%s=...), and the"
            + " same command goes on where this one was",
        limit,
        allowed,
        minutes,
        written > 0 ? " and written " + written + " bytes" : "",
        limit);
  }

  /** Since the first count; 0 where nothing tells. */
  private long written() {
    long now = limits.bytes() > 0 ? bytes() : UNKNOWN;
    if (bytesBefore == UNKNOWN) {
      bytesBefore = now;
    }
    return now == UNKNOWN ? 0 : now - bytesBefore;
  }

  private Duration interval() {
    return Storage.isLocal(workDirectory) ? COUNT_LOCAL : COUNT_REMOTE;
  }

  private long bytes() {
    try {
      return Storage.list(workDirectory).stream().mapToLong(Storage.Entry::size).sum();
    } catch (UncheckedIOException e) {
      LOG.debug("cannot count the bytes in {}", workDirectory, e);
      return UNKNOWN;
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
