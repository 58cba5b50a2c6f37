package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.DatasetDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file that a run keeps for later is damaged in turn, by one flipped bit or by a cut end, and
 * all that was made of it is taken away. The next run either makes the file again and publishes the
 * same dataset and figures, or refuses, names the file and publishes nothing; without that file it
 * then publishes the same.
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class DamageProof {
  private static final String DATE = "2026-01-02";

  /** Each reads what those before it have written. */
  private static final List<String> ORDER =
      List.of("ingest", "train", "references", "candidates", "augment", "arms", "evaluate");

  /** What nothing is built on: what people are told, and locks. */
  private static final String NOT_READ =
      "(.*/)?(launch\\.json|outcome\\.json|stage\\.json|\\.[^/]*|.*\\.jsonl|test-reads\\.json)";

  @TempDir static Path folder;
  private Path snapshot;
  private DatasetDigest digest;
  private String metrics;

  private static Result run() {
    return new Scene(folder).with("--run-date", DATE).run();
  }

  private static Path published() {
    return folder.resolve("out/dt=" + DATE);
  }

  @BeforeAll
  void finishOneRun() throws IOException {
    Result result = run();
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    digest = DatasetDigest.ofDirectory(published().toString());
    metrics = Files.readString(published().resolve("metrics.json"));
    snapshot = Files.createDirectories(folder.resolve("snapshot"));
    for (String kept : List.of("out", "store")) {
      copy(folder.resolve(kept), snapshot.resolve(kept));
    }
  }

  @TestFactory
  Stream<DynamicTest> damagedFilesAreMadeAgainOrRefused() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    List<Path> files;
    try (Stream<Path> paths = Files.walk(snapshot)) {
      files = paths.filter(Files::isRegularFile).map(snapshot::relativize).sorted().toList();
    }
    for (Path file : files) {
      if (owner(file) >= 0 && !file.toString().matches(NOT_READ)) {
        tests.add(DynamicTest.dynamicTest(file + " flipped", () -> check(file, true)));
        tests.add(DynamicTest.dynamicTest(file + " cut", () -> check(file, false)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(40);
    return tests.stream();
  }

  /** Place in {@link #ORDER}; -1 for what later stages do not read. */
  private static int owner(Path file) {
    return file.startsWith("store")
        ? ORDER.indexOf("train")
        : file.startsWith("out/.graft") ? ORDER.indexOf(file.getName(2).toString()) : -1;
  }

  private void check(Path file, boolean flip) throws IOException {
    for (String kept : List.of("out", "store")) {
      Storage.delete(folder.resolve(kept).toString());
      copy(snapshot.resolve(kept), folder.resolve(kept));
    }
    Storage.delete(published().toString());
    Storage.delete(folder.resolve("out/.graft/publish").toString());
    for (String later : ORDER.subList(owner(file) + 1, ORDER.size())) {
      Storage.delete(folder.resolve("out/.graft").resolve(later).toString());
    }
    Path damaged = folder.resolve(file);
    byte[] bytes = Files.readAllBytes(damaged);
    if (flip) {
      bytes[bytes.length * 2 / 5] ^= 0x10;
    }
    Files.write(damaged, flip ? bytes : Arrays.copyOf(bytes, bytes.length / 2));
    Result result = run();
    if (result.exitCode() != ExitCode.DONE) {
      assertThat(result.exitCode())
          .as(result.text())
          .isIn(ExitCode.INPUT, ExitCode.USAGE, ExitCode.TRANSIENT);
      assertThat(result.text()).contains(damaged.getFileName().toString());
      assertThat(published()).doesNotExist();
      Storage.delete(damaged.toString());
      result = run();
      assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    }
    assertThat(DatasetDigest.ofDirectory(published().toString())).isEqualTo(digest);
    assertThat(published().resolve("metrics.json")).hasContent(metrics);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      paths.forEach(
          path -> {
            try {
              Files.copy(path, to.resolve(from.relativize(path).toString()));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
