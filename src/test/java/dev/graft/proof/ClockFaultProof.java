package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.stage.StageName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clock jumps by a day, forwards or backwards, in the middle of a run: while it works (where
 * libfaketime is installed, Debian's package faketime) and, seen from the files it has written,
 * between a launch that was killed and the next.
 *
 * <pre>mvn test -Pslow -Dtest='*FaultProof'</pre>
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class ClockFaultProof {
  private static final Path FAKETIME =
      Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1");
  private static final String BUSY = "another run works in";

  @TempDir static Path directory;
  private final FaultTable table = new FaultTable(ClockFaultProof.class);
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
  @ValueSource(ints = {1, -1})
  void filesAreADayOlderOrYoungerThanTheClockSays(int days) {
    bench
        .placeBefore(StageName.TRAIN, "files" + days)
        .disturb(
            place -> {
              ChildRun first = place.launch("first");
              first.awaitStart("augment");
              place.awaitFile(first, Moments.inside(StageName.AUGMENT));
              shift(place.out(), -days);
              shift(place.store(), -days);
              ChildRun other = place.launch("other");
              assertThat(other.await()).as(other.everything()).isEqualTo(5);
              assertThat(other.said()).contains(BUSY);
              assertThat(first.kill()).as("still at work").isTrue();
              shift(place.out(), -days);
              ChildRun second = place.launch("second");
              assertThat(second.await()).as(second.everything()).isZero();
              assertThat(second.event("stage-skipped", "train")).isPresent();
              table.add(
                  "clock a day " + (days > 0 ? "ahead" : "back") + ", seen from the files",
                  "all files written so far re-dated in AUGMENT; a second launch; kill -9; again",
                  "second launch: exit 5; after the kill: exit 0, nothing trained again",
                  -1);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1d", "-1d"})
  void theClockJumpsWhileTheRunWorks(String jump) {
    String fault = "clock jumps by " + jump + " in a run";
    if (!Files.exists(FAKETIME)) {
      table.skipped(fault, "libfaketime is not installed");
      return;
    }
    Path now = directory.resolve("now" + jump);
    TinyImages.write(now, "+0".getBytes());
    bench
        .placeBefore(StageName.TRAIN, "jump" + jump)
        .disturb(
            place -> {
              ChildRun run = place.launchUnder("run", faketime(now));
              run.awaitStart("train");
              place.awaitFile(run, Moments.inside(StageName.TRAIN));
              TinyImages.write(now, jump.getBytes());
              run.awaitStart("augment");
              place.awaitFile(run, Moments.inside(StageName.AUGMENT));
              ChildRun other = place.launch("other");
              assertThat(other.await()).as(other.everything()).isEqualTo(5);
              assertThat(other.said()).contains(BUSY);
              assertThat(run.await()).as(run.everything()).isZero();
              assertThat(begun(place, "train").compareTo(begun(place, "augment")) < 0)
                  .as("the run has seen the jump")
                  .isEqualTo(jump.startsWith("+"));
              ChildRun after = place.launch("after");
              assertThat(after.await()).as(after.everything()).isZero();
              table.add(
                  fault,
                  "libfaketime from TRAIN on; a second launch meanwhile; one more afterwards",
                  "exit 0; the second launch: exit 5; the one more: exit 0, no work",
                  -1);
            });
  }

  private static List<String> faketime(Path now) {
    List<String> variables = new ArrayList<>();
    variables.add("LD_PRELOAD=" + FAKETIME);
    variables.add("FAKETIME_TIMESTAMP_FILE=" + now);
    variables.add("FAKETIME_CACHE_DURATION=1");
    variables.add("FAKETIME_DONT_FAKE_MONOTONIC=1");
    return variables;
  }

  /** When the stage's one attempt began, by the launcher's clock. */
  private static String begun(FaultBench.Place place, String stage) {
    return FaultBench.files(place.work()).stream()
        .filter(file -> file.matches(stage + "/.*/launch[.]json"))
        .map(file -> text(place.work().resolve(file)))
        .map(text -> text.replaceAll("(?s).*\"begun\" : \"([^\"]+)\".*", "$1"))
        .reduce((before, last) -> last)
        .orElseThrow();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Files say that they were written so many days later. */
  private static void shift(Path folder, int days) {
    for (String file : FaultBench.files(folder)) {
      Path path = folder.resolve(file);
      try {
        FileTime time = Files.getLastModifiedTime(path);
        Files.setLastModifiedTime(
            path, FileTime.from(time.toInstant().plus(Duration.ofDays(days))));
      } catch (IOException e) {
        // It has been renamed meanwhile.
      }
    }
  }
}
