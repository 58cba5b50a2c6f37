package dev.graft.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  @TempDir Path directory;

  /** Tries to take the lock in a process of its own. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) {
      System.out.print(RunLock.isHeld(arguments[0]) ? "held " : "not held ");
      try (RunLock lock = RunLock.acquire(arguments[0])) {
        System.out.print("free");
      } catch (GraftException e) {
        System.out.print(e.exitCode());
      }
    }
  }

  private String inAnotherProcess() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                directory.toString())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  @Test
  void aSecondTryInThisProcessDoesNotOpenTheDoorToOthers() throws Exception {
    try (RunLock held = RunLock.acquire(directory.toString())) {
      assertThatThrownBy(
              () ->
                  RunLock.acquire(
                      directory.resolve("../").resolve(directory.getFileName()).toString()))
          .isInstanceOf(GraftException.class)
          .extracting(e -> ((GraftException) e).exitCode())
          .isEqualTo(ExitCode.BUSY);
      assertThat(RunLock.isHeld(directory.toString())).isTrue();
      assertThat(inAnotherProcess()).isEqualTo("held BUSY");
    }
    assertThat(inAnotherProcess()).isEqualTo("not held free");
    RunLock.acquire(directory.toString()).close();
  }
}
