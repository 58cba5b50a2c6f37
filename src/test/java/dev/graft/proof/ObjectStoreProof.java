package dev.graft.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.GraftCommand;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.DatasetDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A whole run with source, model store and output on an object store, as on a local disk. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObjectStoreProof {
  private static final int PER_CLASS = 20;
  private static final String BUCKET = "gs://bucket";
  private static final String PLACE = BUCKET + "/out/dt=2026-01-02";

  @TempDir static Path directory;
  private static LoopbackCloud cloud;
  private static DatasetDigest expected;

  @BeforeAll
  static void runOnDisk() throws IOException {
    cloud = new LoopbackCloud();
    TinySpec.writeDefinitions(directory);
    TinyImages.folders(directory.resolve("images"), PER_CLASS);
    String spec =
        TinySpec.generated(directory, PER_CLASS, 6)
            .replaceAll("  sample-data:.*\\n", "")
            .replace("{defaults: none}", "{defaults: none, shortfall: {max: 1}}")
            .replace("novelty, min: tune.p01", "novelty, min: 0");
    Files.writeString(directory.resolve("local.yaml"), spec);
    Files.writeString(
        directory.resolve("remote.yaml"),
        spec.replace(directory + "/images", BUCKET + "/images")
            .replace(directory + "/out", BUCKET + "/out"));
    try (Stream<Path> files = Files.walk(directory.resolve("images"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        cloud.store.put("bucket/" + directory.relativize(file), Files.readAllBytes(file), -1);
      }
    }
    Result local = graft("run", "local.yaml", directory + "/store");
    assertThat(local.exitCode()).as(local.text()).isEqualTo(ExitCode.DONE);
    expected = DatasetDigest.ofDirectory(directory.resolve("out/dt=2026-01-02").toString());
  }

  @AfterAll
  static void close() {
    cloud.close();
  }

  private static Result graft(String command, String spec, String store, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command, directory + "/" + spec));
    arguments.addAll(List.of("--run-date", "2026-01-02", "--runner", "direct"));
    arguments.addAll(List.of(more));
    arguments.add("--");
    arguments.addAll(cloud.options());
    arguments.add("--targetParallelism=2");
    return GraftCommand.run(directory, Map.of("GRAFT_STORE", store), arguments);
  }

  private static Result onStore(String... more) {
    return graft("run", "remote.yaml", BUCKET + "/store", more);
  }

  /** It has been done: all it does is look. */
  private static Result ingestAgain() {
    return graft("ingest", "remote.yaml", BUCKET + "/store");
  }

  private static List<String> names() {
    return List.copyOf(cloud.objects("bucket/out/dt=2026-01-02/").keySet());
  }

  @Test
  @Order(1)
  void aRefusedGateLeavesTheFiguresAndNoData() {
    Result refused = onStore("--set", "gates.shortfall.max=-1");
    assertThat(refused.exitCode()).as(refused.text()).isEqualTo(ExitCode.GATE);
    assertThat(names()).containsExactly("_REFUSED", "metrics.json", "report.html");
  }

  @Test
  @Order(2)
  void aRunOnTheStorePublishesTheRowsOfTheRunOnDisk() {
    cloud.store.put("bucket/out/dt=2026-01-02/data/left-behind.parquet", new byte[3], -1);
    Result done = onStore();
    assertThat(done.exitCode()).as(done.text()).isEqualTo(ExitCode.DONE);
    assertThat(names())
        .contains("_SUCCESS", "README.md", "manifest.json", "metrics.json", "report.html")
        .doesNotContain("_REFUSED", "_PUBLISHING", "data/left-behind.parquet")
        .anyMatch(name -> name.startsWith("data/synthetic/"));
    DatasetDigest digest = DatasetDigest.ofDirectory(PLACE);
    assertThat(digest).isEqualTo(expected);
    assertThat(digest.rows().get("synthetic/train")).isPositive();
    assertThat(cloud.objects("bucket/").keySet())
        .as("temporary names are renamed or removed")
        .noneMatch(name -> name.contains(".tmp-"));
    assertThat(Files.exists(Path.of("gs:"))).isFalse();
    assertThat(directory.resolve("gs:")).doesNotExist();
  }

  @Test
  @Order(3)
  void aSecondRunFindsEverythingDone() {
    Map<String, byte[]> before = cloud.objects("bucket/");
    Result again = onStore();
    assertThat(again.exitCode()).as(again.text()).isEqualTo(ExitCode.DONE);
    assertThat(again.output()).doesNotContain("done in");
    assertThat(cloud.objects("bucket/").keySet()).isEqualTo(before.keySet());
  }

  @Test
  @Order(4)
  void aDatasetThatIsThereIsNotOverwritten() {
    Result other = onStore("--seed", "6", "--overwrite");
    assertThat(other.exitCode()).as(other.text()).isEqualTo(ExitCode.USAGE);
    assertThat(other.errors()).contains("--overwrite works on local disks only");
    assertThat(DatasetDigest.ofDirectory(PLACE)).isEqualTo(expected);
  }

  @Test
  @Order(5)
  void whatWasLeftHalfCopiedIsReplaced() {
    cloud.store.remove("bucket/out/dt=2026-01-02/_SUCCESS");
    cloud.store.put("bucket/out/dt=2026-01-02/_PUBLISHING", "{}".getBytes(UTF_8), -1);
    Result done = onStore();
    assertThat(done.exitCode()).as(done.text()).isEqualTo(ExitCode.DONE);
    assertThat(names()).contains("_SUCCESS").doesNotContain("_PUBLISHING");
    assertThat(DatasetDigest.ofDirectory(PLACE)).isEqualTo(expected);
  }

  @Test
  @Order(6)
  void aStoreThatDoesNotAnswerIsNoEmptyStore() {
    cloud.refuse(line -> line.contains("_SUCCESS"));
    try {
      Result refused = onStore();
      assertThat(refused.exitCode()).as(refused.text()).isEqualTo(ExitCode.TRANSIENT);
      assertThat(refused.errors()).contains("cannot tell whether gs://bucket/out");
    } finally {
      cloud.refuse(line -> false);
    }
  }

  @Test
  @Order(7)
  void oneOfSeveralLaunchesHasThePlaceAndADeadOneLosesIt() {
    String claims = "bucket/out/.graft/claims/";
    assertThat(cloud.objects(claims)).as("all launches so far have taken theirs back").isEmpty();
    cloud.store.put(claims + "a.claim", "process 1 on there".getBytes(UTF_8), -1);
    Result late = ingestAgain();
    assertThat(late.exitCode()).as(late.text()).isEqualTo(ExitCode.BUSY);
    assertThat(late.errors()).contains("another run (process 1 on there) works in");
    assertThat(cloud.objects(claims).keySet()).containsExactly("a.claim");

    cloud.store.clockAhead(Duration.ofMinutes(2));
    cloud.store.put(claims + "a.life", new byte[0], -1);
    cloud.store.clockAhead(Duration.ofMinutes(4));
    assertThat(ingestAgain().exitCode()).isEqualTo(ExitCode.BUSY);
    cloud.store.clockAhead(Duration.ofMinutes(6));
    Result next = ingestAgain();
    cloud.store.clockAhead(Duration.ZERO);
    assertThat(next.exitCode()).as(next.text()).isEqualTo(ExitCode.DONE);
    assertThat(cloud.objects(claims)).isEmpty();
  }

  @Test
  @Order(8)
  void filesComeAndGoWhole() {
    String folder = BUCKET + "/files";
    Storage.writeText(folder + "/a", "1");
    Storage.writeText(folder + "/b/.hidden", "2");
    Storage.writeText(folder + "-beside", "3");
    assertThat(Storage.list(folder))
        .extracting(Storage.Entry::location)
        .containsExactly(folder + "/a");
    assertThat(Storage.exists(folder)).as("a folder is no file").isFalse();
    Storage.delete(folder);
    assertThat(cloud.objects("bucket/files").keySet()).containsExactly("-beside");
    Storage.delete(folder);
    assertThat(Storage.readText(folder + "-beside")).isEqualTo("3");
  }
}
