package dev.graft.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.model.Checkpoints.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCheckpointsTest {
  @TempDir Path directory;

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  @Test
  void keepsTheLastTwo() throws IOException {
    FileCheckpoints checkpoints = new FileCheckpoints(directory.toString());
    assertThat(checkpoints.latest()).isEmpty();
    for (long step : new long[] {5, 10, 100}) {
      checkpoints.save(new Checkpoint(step, new byte[] {(byte) step}));
    }
    assertThat(files()).hasSize(2);
    assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(100);
    assertThat(checkpoints.latest().orElseThrow().state()).containsExactly(100);
  }

  @Test
  void passesOverDamagedOnes() throws IOException {
    FileCheckpoints checkpoints = new FileCheckpoints(directory.toString());
    checkpoints.save(new Checkpoint(5, new byte[] {5}));
    checkpoints.save(new Checkpoint(10, new byte[] {10}));
    Files.write(files().get(1), new byte[] {11});
    assertThat(checkpoints.latest().orElseThrow().step()).isEqualTo(5);
    Files.write(files().get(0), new byte[0]);
    assertThat(checkpoints.latest()).isEmpty();
  }

  @Test
  void ignoresWhatIsNotACheckpoint() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "hello");
    assertThat(new FileCheckpoints(directory.toString()).latest()).isEmpty();
  }
}
