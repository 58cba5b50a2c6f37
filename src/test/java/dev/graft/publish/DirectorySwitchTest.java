package dev.graft.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySwitchTest {
  @TempDir Path root;
  private Path place;
  private Path next;

  @BeforeEach
  void twoFolders() throws IOException {
    place = folder("place", "old");
    next = folder("next", "new");
  }

  @Test
  void theNewOneIsInPlaceAndTheOldOneAside() throws IOException {
    Path aside = root.resolve("kept/1");
    DirectorySwitch.replace(place, next, aside);
    assertThat(place.resolve("file")).hasContent("new");
    assertThat(aside.resolve("file")).hasContent("old");
    assertThat(next).doesNotExist();
  }

  @Test
  void twoRenamesDoTheSame() throws IOException {
    Path aside = Files.createDirectories(root.resolve("kept")).resolve("1");
    DirectorySwitch.twoRenames(place, next, aside);
    assertThat(place.resolve("file")).hasContent("new");
    assertThat(aside.resolve("file")).hasContent("old");
  }

  @Test
  void theOldOneComesBackWhenTheNewOneCannotBePut() {
    Path missing = root.resolve("missing");
    assertThatThrownBy(() -> DirectorySwitch.twoRenames(place, missing, root.resolve("aside")))
        .isInstanceOf(IOException.class);
    assertThat(place.resolve("file")).hasContent("old");
  }

  /** A reader that opens the place again and again never finds it empty. */
  @Test
  void theExchangeHasNoGap() throws Exception {
    Assumptions.assumeTrue(
        Platform.isLinux() && DirectorySwitch.exchange(place, next),
        "this file system cannot exchange directories");
    AtomicBoolean stop = new AtomicBoolean();
    AtomicInteger gaps = new AtomicInteger();
    Thread reader =
        new Thread(
            () -> {
              while (!stop.get()) {
                if (!Files.exists(place.resolve("file"))) {
                  gaps.incrementAndGet();
                }
              }
            });
    reader.start();
    for (int i = 0; i < 2000; i++) {
      DirectorySwitch.exchange(place, next);
    }
    stop.set(true);
    reader.join();
    assertThat(gaps).hasValue(0);
  }

  private Path folder(String name, String content) throws IOException {
    Path folder = Files.createDirectories(root.resolve(name));
    Files.writeString(folder.resolve("file"), content);
    return folder;
  }
}
