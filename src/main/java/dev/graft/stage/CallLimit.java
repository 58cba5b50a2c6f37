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

  /** Of the thread that work with calls of models is done on. */
  private static final ThreadLocal<Watched> WATCHED = new ThreadLocal<>();

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "graft-model-call");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Makes a call, on this thread when it does {@link #watch watched} work.
   *
   * @param what model and batch, for the message
   * @throws GraftException (exit 1) when it takes too long
   */
  public <T> T within(Supplier<String> what, Supplier<T> call) {
    Watched watched = WATCHED.get();
    return watched == null ? watch(() -> within(what, call)) : watched.call(what, call);
  }

  /**
   * Does work of many calls. To hand each call to another thread would leave cores idle; so the
   * work has a thread of its own, and its caller looks at how long the call takes that it is in.
   *
   * @throws GraftException (exit 1) when a call {@link #within} it takes too long
   */
  public <T> T watch(Supplier<T> work) {
    ClassLoader classes = Thread.currentThread().getContextClassLoader();
    Watched watched = new Watched();
    Callable<T> there =
        () -> {
          Thread.currentThread().setContextClassLoader(classes);
          WATCHED.set(watched);
          try {
            return work.get();
          } finally {
            WATCHED.remove();
          }
        };
    Future<T> result = CALLS.submit(there);
    try {
      return await(result, watched);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } catch (InterruptedException e) {
      watched.leave(result);
      Thread.currentThread().interrupt();
      // No failure of its own: the runner ends this task, most often for that of another.
      throw (CancellationException)
          new CancellationException("a call of a model was interrupted").initCause(e);
    }
  }

  private <T> T await(Future<T> result, Watched watched)
      throws ExecutionException, InterruptedException {
    long wait = longest.toNanos();
    while (true) {
      try {
        return result.get(wait, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        Call call = watched.call;
        wait = longest.toNanos();
        if (call != null) {
          wait -= System.nanoTime() - call.start;
        }
        if (wait <= 0) {
          watched.leave(result);
          throw new GraftException(
              ExitCode.TRANSIENT,
              String.format(
                  Locale.ROOT,
                  "%s has not come back within %s; if it is only slow, raise limits: {call: ...} in"
                      + " the runner profile",
                  call.what.get(),
                  text(longest)),
              e);
        }
      }
    }
  }

  private record Call(Supplier<String> what, long start) {}

  /** What the thread of some work and the one that waits for it know of each other. */
  private static final class Watched {
    private volatile Call call;
    private volatile boolean left;

    <T> T call(Supplier<String> what, Supplier<T> model) {
      goOn();
      call = new Call(what, System.nanoTime());
      T answer;
      try {
        answer = model.get();
      } finally {
        call = null;
      }
      goOn();
      return answer;
    }

    private void goOn() {
      if (left) {
        throw new CancellationException("nobody waits for this work any more");
      }
    }

    /** Whatever the call comes back with, the work does not go on. */
    void leave(Future<?> work) {
      left = true;
      work.cancel(true);
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
