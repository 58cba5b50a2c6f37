package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.stage.StageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The place of a run fails it: its disk is full, or read-only, or gives back other bytes than were
 * written. The run ends with a message that names the cause, and the same command publishes, when
 * the place is well again, what an undisturbed run publishes. {@code DamageProof} damages every
 * file in turn; three kinds stand here for all.
 *
 * <pre>mvn test -Pslow -Dtest='*FaultProof'</pre>
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class PlaceFaultProof {
  private static final int KIBIBYTES = 64 * 1024;

  @TempDir static Path directory;
  private final FaultTable table = new FaultTable(PlaceFaultProof.class);
  private FaultBench bench;

  @BeforeAll
  void runUndisturbed() {
    bench = new FaultBench(directory, "--runner", "local").runUndisturbed();
  }

  @AfterAll
  void show() {
    table.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"INGEST", "TRAIN", "AUGMENT", "EVALUATE", "PUBLISH"})
  void theDiskIsFullInTheMiddle(StageName stage) throws IOException {
    String fault = "disk full in " + stage + (stage == StageName.PUBLISH ? " (output)" : " (work)");
    inTheMiddle(stage, fault, "the last byte taken", "No space left on device", true);
  }

  @ParameterizedTest
  @EnumSource(names = {"AUGMENT", "PUBLISH"})
  void thePlaceBecomesReadOnly(StageName stage) throws IOException {
    inTheMiddle(
        stage, "read-only in " + stage, "mounted read-only", "Read-only file system", false);
  }

  private void inTheMiddle(StageName stage, String fault, String done, String says, boolean full)
      throws IOException {
    if (!FullDisk.possible(directory.resolve("probe"))) {
      table.skipped(fault, "this user cannot mount a tmpfs");
      return;
    }
    String name = (full ? "full-" : "read-only-") + stage.key();
    try (FullDisk disk = FullDisk.mount(directory.resolve("out-" + name), KIBIBYTES)) {
      bench
          .fill(stage, bench.place(name, disk.path()))
          .disturb(
              place -> {
                ChildRun first = place.launch("first");
                first.awaitStart(stage.key());
                place.awaitFile(first, Moments.inside(stage));
                long begin = System.nanoTime();
                if (full) {
                  disk.fill();
                } else {
                  disk.readOnly();
                }
                assertThat(first.await()).as(first.everything()).isEqualTo(1);
                double ended = FaultBench.seconds(begin);
                assertThat(first.said()).contains(says);
                assertThat(place.published()).doesNotExist();
                if (full) {
                  free(disk);
                } else {
                  disk.writable();
                }
                ChildRun second = place.launch("second");
                assertThat(second.await()).as(second.everything()).isZero();
                table.add(
                    fault,
                    done + "; taken back; same command again",
                    "exit 1: " + first.said() + "; then exit 0",
                    ended);
              });
    }
  }

  private static void free(FullDisk disk) {
    try {
      disk.free();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "shard, .graft/ingest/.*/shards/train-.*, true",
    "shard, .graft/ingest/.*/shards/train-.*, false",
    "model file, .*/weights[.]safetensors, true",
    "model file, .*/weights[.]safetensors, false",
    "stage.json, .graft/augment/.*/stage[.]json, true",
    "stage.json, .graft/augment/.*/stage[.]json, false"
  })
  void aFileIsDamaged(String what, String form, boolean flip) {
    String name = what.replaceAll("[. ]", "-") + (flip ? "-flipped" : "-cut");
    bench
        .placeBefore(StageName.PUBLISH, name)
        .disturb(
            place -> {
              Path root = what.equals("model file") ? place.store() : place.out();
              Path file =
                  FaultBench.files(root).stream()
                      .filter(one -> ("/" + one).matches("/" + form) || one.matches(form))
                      .map(root::resolve)
                      .findFirst()
                      .orElseThrow();
              damage(file, flip);
              long begin = System.nanoTime();
              ChildRun first = place.launch("first");
              int status = first.await();
              String happened = "exit 0, made again";
              if (status != 0) {
                assertThat(status).isEqualTo(3);
                assertThat(first.said()).contains(file.getFileName().toString());
                assertThat(place.published()).doesNotExist();
                delete(file);
                ChildRun second = place.launch("second");
                assertThat(second.await()).as(second.everything()).isZero();
                happened = "exit 3: " + first.said() + "; then, without it, exit 0";
              }
              table.add(
                  what + (flip ? " with a flipped bit" : " cut in half"),
                  file.getFileName() + " of a run that has still to publish",
                  happened,
                  FaultBench.seconds(begin));
            });
  }

  private static void damage(Path file, boolean flip) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      bytes[bytes.length * 2 / 5] ^= 0x10;
      Files.write(file, flip ? bytes : Arrays.copyOf(bytes, bytes.length / 2));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theLauncherHasTooLittleMemory() {
    bench
        .placeBefore(StageName.AUGMENT, "little-memory")
        .disturb(
            place -> {
              long begin = System.nanoTime();
              ChildRun first =
                  place.launch("first", java.util.List.of("-Xmx64m", "-XX:+UseParallelGC"));
              assertThat(first.await()).as(first.everything()).isEqualTo(1);
              double ended = FaultBench.seconds(begin);
              assertThat(ended).isLessThan(300);
              assertThat(first.said() + first.everything()).contains("OutOfMemoryError");
              assertThat(place.published()).doesNotExist();
              ChildRun second = place.launch("second");
              assertThat(second.await()).as(second.everything()).isZero();
              table.add(
                  "out of memory, local",
                  "-Xmx64m; same command with more",
                  "exit 1: " + first.said() + "; then exit 0",
                  ended);
            });
  }

  @Test
  void aModelCallTakesTooLong() {
    TinyImages.write(
        directory.resolve("config/hurried.yaml"),
        """
        runner: FlinkRunner
        options: {flinkMaster: "[local]"}
        limits: {call: 1ms}
        """
            .getBytes());
    FaultBench.Place place = bench.placeBefore(StageName.AUGMENT, "slow-call");
    place.disturb(
        same -> {
          long begin = System.nanoTime();
          ChildRun first = place.launchOn("first", directory, "hurried");
          assertThat(first.await()).as(first.everything()).isEqualTo(1);
          double ended = FaultBench.seconds(begin);
          assertThat(first.said())
              .containsPattern("(generator vae|the judge|scoring).* asked for ")
              .contains("has not come back within 1ms", "limits: {call:");
          assertThat(place.published()).doesNotExist();
          ChildRun second = place.launch("second");
          assertThat(second.await()).as(second.everything()).isZero();
          table.add(
              "model call over its limit, local",
              "limits: {call: 1ms}; same command with the usual limit",
              "exit 1: " + first.said() + "; then exit 0",
              ended);
        });
  }
}
