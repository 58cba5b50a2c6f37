package dev.graft.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderAgeTest {
  @TempDir Path folder;

  @Test
  void filesThatVanishMeanwhileArePassedOver() throws Exception {
    Files.writeString(folder.resolve("stays"), "four");
    AtomicBoolean over = new AtomicBoolean();
    Thread writer = new Thread(() -> comeAndGo(over));
    writer.start();
    try {
      for (int i = 0; i < 2_000; i++) {
        assertThatCode(
                () -> {
                  assertThat(FolderAge.bytes(folder)).isGreaterThanOrEqualTo(4);
                  FolderAge.lastWritten(folder);
                })
            .doesNotThrowAnyException();
      }
    } finally {
      over.set(true);
      writer.join();
    }
    assertThat(FolderAge.bytes(folder)).isEqualTo(4);
  }

  @Test
  void whatHasVanishedIsNotOld() {
    assertThat(FolderAge.lastWritten(folder.resolve("gone"))).isEqualTo(Instant.MAX);
    assertThat(FolderAge.children(folder.resolve("gone"), ".*")).isEmpty();
  }

  private void comeAndGo(AtomicBoolean over) {
    try {
      while (!over.get()) {
        for (int i = 0; i < 20; i++) {
          Path inner = Files.createDirectories(folder.resolve("inner" + i));
          Files.delete(Files.writeString(inner.resolve("x.tmp"), "x"));
          Files.delete(inner);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
