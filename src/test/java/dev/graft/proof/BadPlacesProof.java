package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.io.Storage;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What stands in the way of a run whose spec and source are right: places that cannot be written
 * to, that are taken or full, stored models that do not fit, gates. Starts from one finished run.
 */
@TestInstance(Lifecycle.PER_CLASS)
class BadPlacesProof {
  private static final String DATE = "2026-01-02";

  @TempDir static Path shared;
  private Path store;
  private Path published;
  private Path out;

  @BeforeAll
  void finishOneRun() {
    Scene scene = new Scene(shared.resolve("finished")).with("--run-date", DATE);
    store = scene.file("store");
    Result result = scene.run();
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    out = scene.out();
    published = out.resolve("dt=" + DATE);
    assertThat(published.resolve("_SUCCESS")).exists();
  }

  private Scene scene(String name) {
    return new Scene(shared.resolve(name));
  }

  /** A scene whose models come from the finished run, so that it trains nothing. */
  private Scene loading(String name) {
    Scene scene = scene(name);
    return scene
        .store(store)
        .replace("define: " + scene.file("vae.yaml"), "load: vae@1")
        .replace("judge: {define: " + scene.file("judge.yaml"), "judge: {load: judge@1")
        .replace(
            "examiner: {define: " + scene.file("examiner.yaml"), "examiner: {load: examiner@1");
  }

  private static void assertRefused(Scene scene, ExitCode code, String... says) {
    Map<String, String> before = scene.visible();
    Result result = scene.run();
    assertThat(result.exitCode()).as(result.text()).isEqualTo(code);
    assertThat(result.errors()).contains(says).doesNotContain("\tat ");
    assertThat(scene.visible()).isEqualTo(before);
  }

  @Test
  void theSameRunAgainIsNoWorkAndExitZero() {
    Map<String, String> before = Scene.visible(out);
    Scene scene = new Scene(shared.resolve("finished")).with("--run-date", DATE);
    Result result = scene.run();
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    assertThat(scene.visible()).isEqualTo(before);
  }

  @Test
  void aFileWhereTheOutputFolderBelongs() {
    Scene scene = scene("file-in-the-way").writeFile("out", "not a folder");
    assertRefused(scene, ExitCode.USAGE, "out");
  }

  @Test
  void anotherRunHoldsThePlace() throws IOException {
    Scene scene = scene("held");
    Path lock = scene.out().resolve(".graft/.lock");
    Files.createDirectories(lock.getParent());
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      assertThat(held.isValid()).isTrue();
      assertRefused(scene, ExitCode.BUSY, "another run", "held/out");
    }
  }

  @Test
  void anotherDatasetIsPublishedForTheDate() {
    Scene scene = scene("other-fingerprint").publishTo(out).with("--run-date", DATE, "--seed", "6");
    assertRefused(scene, ExitCode.USAGE, "dt=" + DATE, "--overwrite");
  }

  @Test
  void foreignFilesAreInThePlace() {
    Scene scene =
        scene("foreign-files")
            .writeFile("out/dt=" + DATE + "/notes.txt", "mine")
            .with("--run-date", DATE);
    assertRefused(scene, ExitCode.USAGE, "dt=" + DATE, "in the way");
  }

  @Test
  void classesInAnotherOrderThanTheDateBefore() {
    Scene scene =
        scene("schema-change")
            .publishTo(out)
            .replace("[left, right, top]", "[top, right, left]")
            .with("--run-date", "2026-01-03");
    assertRefused(scene, ExitCode.USAGE, "classes", "allow-schema-change");
  }

  @Test
  void aGateThatFailsPublishesItsFiguresAndNoData() throws IOException {
    Scene scene = loading("gate").replace("[coverage]", "[frechet-distance]");
    scene.replace("{defaults: none}", "{frechet-distance: {max: 0.001}}");
    Result result = scene.run();
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.GATE);
    assertThat(result.errors()).contains("frechet-distance", "0.001");
    assertThat(scene.visible().keySet())
        .noneMatch(name -> name.endsWith(".parquet") || name.endsWith("_SUCCESS"))
        .anyMatch(name -> name.endsWith("_REFUSED"));
  }

  @Test
  void syntheticRowsAsSource() {
    Scene scene = scene("synthetic-source");
    scene
        .fromFolders()
        .replace("format: class-folders", "format: parquet")
        .replace("path: " + scene.file("images"), "path: " + published.resolve("data/synthetic"));
    assertRefused(scene, ExitCode.INPUT, "synthetic", "allow");
  }

  @Test
  void aLoadedModelOfAnotherShape() {
    Scene scene = loading("another-shape").replace("size: 16}", "size: 12, resize: stretch}");
    assertRefused(scene, ExitCode.USAGE, "another dataset", "16", "12");
  }

  @Test
  void aLoadedModelWithDamagedWeights() throws IOException {
    Scene scene = loading("damaged-weights");
    Path copy = scene.file("damaged-store");
    copyTree(store, copy);
    for (Path file : files(copy)) {
      if (Files.size(file) > 2_000 && !file.toString().endsWith(".yaml")) {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
      }
    }
    assertRefused(scene.store(copy), ExitCode.INPUT, "weights.safetensors is damaged", "SHA-256");
  }

  @Test
  void aDiskThatIsFullFromTheStart() throws IOException {
    Scene scene = scene("full-disk");
    try (FullDisk disk = FullDisk.mount(scene.file("disk"), 256)) {
      disk.fill();
      assertRefused(
          scene.publishTo(disk.path().resolve("out")),
          ExitCode.TRANSIENT,
          "No space left on device");
    }
  }

  @Test
  void aDiskThatIsFullWhenTheDatasetIsPublished() throws IOException {
    Scene scene = loading("full-disk-at-the-end");
    try (FullDisk disk = FullDisk.mount(scene.file("disk"), 64 * 1024)) {
      scene.publishTo(disk.path().resolve("out"));
      for (String stage : List.of("ingest", "train", "augment", "evaluate")) {
        Result result = scene.command(stage).run();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
      }
      disk.fill();
      assertRefused(scene.command("publish"), ExitCode.TRANSIENT, "No space left on device");
      disk.free();
      assertThat(scene.command("run").run().exitCode()).isEqualTo(ExitCode.DONE);
      assertThat(scene.visible().keySet()).anyMatch(name -> name.endsWith("_SUCCESS"));
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      TinyImages.write(to.resolve(from.relativize(file)), Storage.read(file.toString()));
    }
  }
}
