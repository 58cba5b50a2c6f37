package dev.graft.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CallLimitTest {
  private final CountDownLatch end = new CountDownLatch(1);

  /** Hangs as native code does, which no interrupt ends. */
  private int hang() {
    while (end.getCount() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
    return 0;
  }

  @Test
  @Timeout(20)
  void aCallThatHangsFailsAndTheNextOneIsMade() {
    CallLimit limit = new CallLimit(Duration.ofMillis(200));
    try {
      assertThatThrownBy(() -> limit.within(() -> "generator vae, asked for rows,", this::hang))
          .hasMessageStartingWith("generator vae, asked for rows, has not come back within 200ms")
          .hasMessageContaining("limits: {call:")
          .isInstanceOfSatisfying(
              GraftException.class,
              failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.TRANSIENT));
      assertThat(limit.within(() -> "the next", () -> 7)).isEqualTo(7);
    } finally {
      end.countDown();
    }
  }

  @Test
  @Timeout(20)
  void workOfManyCallsIsDoneOnOneThreadAndMayTakeLongerThanACall() {
    CallLimit limit = new CallLimit(Duration.ofMillis(200));
    Set<Thread> threads =
        limit.watch(
            () -> {
              Set<Thread> seen = new HashSet<>();
              for (int call = 0; call < 8; call++) {
                seen.add(limit.within(() -> "a call", this::afterFiftyMillis));
              }
              return seen;
            });
    assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
  }

  @Test
  @Timeout(20)
  void workOneOfWhoseCallsHangsFailsAndGoesNoFurther() throws InterruptedException {
    CallLimit limit = new CallLimit(Duration.ofMillis(200));
    AtomicBoolean wentOn = new AtomicBoolean();
    CountDownLatch over = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                limit.watch(
                    () -> {
                      try {
                        limit.within(() -> "the first", this::afterFiftyMillis);
                        limit.within(() -> "the second", this::hang);
                        wentOn.set(true);
                        return null;
                      } finally {
                        over.countDown();
                      }
                    }))
        .hasMessageStartingWith("the second has not come back within 200ms");
    end.countDown();
    assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(wentOn).isFalse();
  }

  private Thread afterFiftyMillis() {
    LockSupport.parkNanos(50_000_000);
    return Thread.currentThread();
  }

  @Test
  void whatACallThrowsIsThrown() {
    GraftException failure = GraftException.usage("another shape");
    assertThatThrownBy(
            () ->
                CallLimit.DEFAULT.within(
                    () -> "a call",
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
    OutOfMemoryError error = new OutOfMemoryError("heap");
    assertThatThrownBy(
            () ->
                CallLimit.DEFAULT.within(
                    () -> "a call",
                    () -> {
                      throw error;
                    }))
        .isSameAs(error);
  }

  @Test
  void aCallSeesTheClassesOfItsCaller() {
    ClassLoader own = new ClassLoader(getClass().getClassLoader()) {};
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(own);
    try {
      ClassLoader seen =
          CallLimit.DEFAULT.within(
              () -> "a call", () -> Thread.currentThread().getContextClassLoader());
      assertThat(seen).isSameAs(own);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
