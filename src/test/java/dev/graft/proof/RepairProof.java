package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A file of a finished run is lost, cut short or changed by a bit, and the dataset is lost: the
 * next run makes the stage again that the file was of, no other, and publishes the same dataset.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RepairProof {
  private static final String DATE = "2026-01-02";

  @TempDir static Path folder;
  private DatasetDigest digest;

  private static Scene scene() {
    return new Scene(folder).with("--run-date", DATE);
  }

  private static void finish() {
    Result result = scene().run();
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
  }

  private static Path published() {
    return folder.resolve("out/dt=" + DATE);
  }

  @BeforeAll
  void finishOneRun() {
    finish();
    digest = DatasetDigest.ofDirectory(published().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "ingest, shards/tune-.*, lost",
    "ingest, shards/train-.*, cut",
    "ingest, statistics.json, lost",
    "ingest, statistics.json, flipped",
    "train, models.json, lost",
    "train, models.json, cut",
    "augment, candidates.json, cut",
    "augment, selection/part-.*, lost",
    "augment, selection.json, lost",
    "augment, rejected/rejected.parquet, lost",
    "augment, selection.json, flipped",
    "evaluate, metrics.json, lost",
    "evaluate, metrics.json, flipped",
    "evaluate, report.html, lost"
  })
  void aDamagedStageIsMadeAgain(String stage, String file, String damage) throws IOException {
    Path whole = find("out/.graft/" + stage, file);
    if (damage.equals("lost")) {
      Files.delete(whole);
    } else {
      byte[] bytes = Files.readAllBytes(whole);
      bytes[bytes.length / 2] ^= 1;
      Files.write(whole, damage.equals("cut") ? Arrays.copyOf(bytes, bytes.length / 2) : bytes);
    }
    Storage.delete(published().toString());
    Map<String, Long> before = commits();
    finish();
    assertThat(DatasetDigest.ofDirectory(published().toString())).isEqualTo(digest);
    Map<String, Long> after = commits();
    assertThat(after.keySet().stream().filter(name -> !after.get(name).equals(before.get(name))))
        .containsExactlyInAnyOrder(stage, "publish");
    assertThat(find("out/.graft/" + stage, file)).exists();
  }

  /** A file of the attempt that counts; of several, one that has rows where that matters. */
  private static Path find(String stage, String file) throws IOException {
    Path output = committed(folder.resolve(stage));
    try (Stream<Path> paths = Files.walk(output)) {
      return paths
          .filter(path -> output.relativize(path).toString().matches(file))
          .max(Comparator.comparing(path -> path.toFile().length()))
          .orElseThrow();
    }
  }

  private static Path committed(Path stage) throws IOException {
    try (Stream<Path> paths = Files.walk(stage, 2)) {
      Path marker = paths.filter(path -> path.endsWith("_SUCCESS")).findFirst().orElseThrow();
      String attempt =
          Json.read(Files.readAllBytes(marker), JsonNode.class).path("attempt").asText();
      return marker.resolveSibling("attempt-" + attempt);
    }
  }

  /** When each stage was committed. */
  private static Map<String, Long> commits() throws IOException {
    Map<String, Long> commits = new TreeMap<>();
    for (String stage : new String[] {"ingest", "train", "augment", "evaluate", "publish"}) {
      Path attempt = committed(folder.resolve("out/.graft/" + stage));
      commits.put(stage, Files.getLastModifiedTime(attempt.resolveSibling("_SUCCESS")).toMillis());
    }
    return commits;
  }
}
