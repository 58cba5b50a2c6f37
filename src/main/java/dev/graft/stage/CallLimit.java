package dev.graft.stage;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * How long one call of a model may take on a worker. A call that takes longer fails, so that the
 * step can be tried again; the thread that hangs in it, which native code does not let anyone end,
 * is left to itself.
 *
 * @param longest time of one call, of some hundred rows; {@code limits: {call: 10m}} in the runner
 *     profile
 */
public record CallLimit(Duration longest) implements Serializable {
  /** A thousand times what a batch takes. */
  public static final CallLimit DEFAULT = new CallLimit(Duration.ofMinutes(10));

  private static final long IDLE_SECONDS = 5;

  /** Threads end soon after the last call, and let go of the classes of a job that has ended. */
  private static final ThreadPoolExecutor CALLS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          CallLimit::thread);

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "graft-model-call");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Makes a call.
   *
   * @param what model and batch, for the message
   * @throws GraftException (exit 1) when it takes too long
   */
  public <T> T within(Supplier<String> what, Supplier<T> call) {
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    Callable<T> there =
        () -> {
          Thread.currentThread().setContextClassLoader(classes);
          return call.get();
        };
    Future<T> result = CALLS.submit(there);
    try {
      return result.get(longest.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      result.cancel(true);
      throw new GraftException(
          ExitCode.TRANSIENT,
          String.format(
              Locale.ROOT,
              "%s has not come back within %s; if it is only slow, raise limits: {call: ...} in the"
                  + " runner profile",
              what.get(),
              text(longest)),
          e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      result.cancel(true);
      Thread.currentThread().interrupt();
      // No failure of its own: the runner ends this task, most often for that of another.
      throw (CancellationException)
          new CancellationException(what.get() + " was interrupted").initCause(e);
    }
  }

  /** As it is written in a profile. */
  private static String text(Duration time) {
    long seconds = time.toSeconds();
    if (time.toMillis() % 1000 != 0) {
      return time.toMillis() + "ms";
    }
    return seconds % 3600 == 0
        ? seconds / 3600 + "h"
        : seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }
}
