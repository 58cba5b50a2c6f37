package dev.graft.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnClassesTest {
  @TempDir Path directory;

  private static void write(Path root, String ours) throws IOException {
    Files.createDirectories(root.resolve("dev/graft/data"));
    Files.writeString(root.resolve("dev/graft/A.class"), ours);
    Files.writeString(root.resolve("dev/graft/data/B.class"), "b");
  }

  @Test
  void theClassesOfAJarAreThoseOfTheFolderItWasMadeOfWhateverElseIsInIt() throws IOException {
    Path classes = directory.resolve("classes");
    write(classes, "a");
    Path jar = directory.resolve("some.jar");
    try (FileSystem target = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      write(target.getPath("/"), "a");
      Files.writeString(target.getPath("/dev/graft/build.properties"), "time=1");
      Files.createDirectories(target.getPath("/org/other"));
      Files.writeString(target.getPath("/org/other/C.class"), "c");
    }
    assertThat(OwnClasses.digest(jar)).isEqualTo(OwnClasses.digest(classes));
    write(classes, "another");
    assertThat(OwnClasses.digest(jar)).isNotEqualTo(OwnClasses.digest(classes));
  }

  @Test
  void theOwnOnesAreFound() {
    assertThat(OwnClasses.location()).exists();
    assertThat(OwnClasses.digest()).hasSize(64).isEqualTo(OwnClasses.digest(OwnClasses.location()));
  }
}
