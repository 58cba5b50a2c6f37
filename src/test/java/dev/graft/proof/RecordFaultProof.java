package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.DatasetDigest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * One record in a hundred is bad, or every one. Bad records that the spec allows are set aside and
 * counted, and all good ones are published.
 *
 * <pre>mvn test -Pslow -Dtest='*FaultProof'</pre>
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class RecordFaultProof {
  private static final String DATE = "2026-01-02";
  private static final int PER_CLASS = 99;
  private static final int BAD = 3;

  @TempDir static Path directory;
  private final FaultTable table = new FaultTable(RecordFaultProof.class);
  private DatasetDigest expected;

  @BeforeAll
  void runOnGoodRecords() {
    Scene scene = scene("good");
    assertThat(scene.run().exitCode()).isEqualTo(ExitCode.DONE);
    expected = digest(scene);
  }

  @AfterAll
  void show() {
    table.close();
  }

  private static Scene scene(String name) {
    Scene scene = new Scene(directory.resolve(name)).with("--run-date", DATE);
    TinyImages.folders(scene.file("images"), PER_CLASS);
    return scene.fromFolders();
  }

  private static Scene withBad(String name) {
    Scene scene = scene(name);
    for (int i = 0; i < BAD; i++) {
      scene.writeFile("images/top/bad-%d.png".formatted(i), "no picture " + i);
    }
    return scene;
  }

  private static DatasetDigest digest(Scene scene) {
    return DatasetDigest.ofDirectory(scene.out().resolve("dt=" + DATE).toString());
  }

  @Test
  void oneInAHundredThatTheSpecAllows() {
    Scene scene = allowing("allowed");
    Result result = scene.run();
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    DatasetDigest digest = digest(scene);
    for (String part : List.of("real/train", "real/validation", "real/test")) {
      assertThat(digest.rows().get(part)).as(part).isEqualTo(expected.rows().get(part));
    }
    Scene elsewhere = allowing("allowed-elsewhere").with("--runner", "local");
    Result again = elsewhere.run();
    assertThat(again.exitCode()).as(again.text()).isEqualTo(ExitCode.DONE);
    assertThat(digest(elsewhere)).isEqualTo(digest);
    String rejects =
        FaultBench.files(scene.out()).stream()
            .filter(file -> file.matches("[.]graft/ingest/.*/rejects[.]jsonl"))
            .findFirst()
            .orElseThrow();
    assertThat(Storage.readText(scene.out().resolve(rejects).toString()).lines())
        .hasSize(BAD)
        .allMatch(line -> line.contains("bad-") && line.contains("undecodable"));
    table.add(
        "1 % bad records, max-bad-records: 0.02",
        BAD + " of " + (3 * PER_CLASS + BAD) + " pictures are text",
        "exit 0 on two runners; the " + BAD + " are in rejects.jsonl, the real rows all there",
        -1);
  }

  private static Scene allowing(String name) {
    return withBad(name).replace("  classes:", "  max-bad-records: 0.02\n  classes:");
  }

  @Test
  void oneInAHundredThatTheSpecDoesNotAllow() {
    refused(
        withBad("default"), "1 % bad records, default limit of 0.1 %", BAD + " pictures are text");
  }

  @Test
  void everyRecord() {
    Scene scene = scene("all");
    for (String name : TinyImages.CLASSES) {
      for (int i = 0; i < PER_CLASS; i++) {
        scene.writeFile("images/%s/%04d.png".formatted(name, i), "no picture");
      }
    }
    refused(scene, "100 % bad records", "every picture is text");
  }

  private void refused(Scene scene, String fault, String done) {
    Result result = scene.run();
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.INPUT);
    assertThat(result.errors()).contains("undecodable", "max-bad-records");
    assertThat(scene.visible()).isEmpty();
    TinyImages.folders(scene.file("images"), PER_CLASS);
    for (int i = 0; i < BAD; i++) {
      Storage.delete(scene.file("images/top/bad-%d.png".formatted(i)).toString());
    }
    Result repaired = scene.run();
    assertThat(repaired.exitCode()).as(repaired.text()).isEqualTo(ExitCode.DONE);
    assertThat(digest(scene)).isEqualTo(expected);
    table.add(
        fault,
        done + "; mended; same command again",
        "exit 3: " + result.errors().strip() + "; nothing published; then exit 0",
        -1);
  }
}
