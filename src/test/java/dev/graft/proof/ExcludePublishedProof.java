package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.cli.GraftCommand;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetDigest;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights of one dataset that leave out what earlier nights have published. The model is trained
 * once and briefly: about a third of what it draws in the second night is near a row of the first.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ExcludePublishedProof {
  private static final String REASON = "near-duplicate:published";
  private static final String FIRST = "2026-01-02";
  private static final String SECOND = "2026-01-03";

  @TempDir static Path directory;

  @BeforeAll
  void publishTheFirstNight() {
    TinySpec.writeDefinitions(directory);
    String spec = TinySpec.generated(directory, 40, 12);
    spec =
        spec.replace("distance: 1}", "distance: 0.5}")
            .replace("arms: [real, synthetic]", "arms: [real]")
            .replace("augment:\n", "augment:\n  exclude-published: true\n");
    TinyImages.write(directory.resolve("spec.yaml"), spec.getBytes());
    good(run("out", FIRST, 2));
    assertThat(left("out", FIRST).path(REASON).asInt(-1)).isZero();
  }

  @Test
  void rowsNearThoseOfTheFirstNightAreLeftOutAndCounted() throws IOException {
    Path plain = copyOfTheFirstNight("plain");
    Path one = copyOfTheFirstNight("one");
    Path four = copyOfTheFirstNight("four");
    good(run(plain.toString(), SECOND, 2, "--set", "augment.exclude-published=false"));
    Result night = good(run(one.toString(), SECOND, 1));
    good(run(four.toString(), SECOND, 4));

    JsonNode without = left("plain", SECOND);
    assertThat(without.has(REASON)).isFalse();
    int excluded = left("one", SECOND).path(REASON).asInt();
    assertThat(excluded).isPositive();
    assertThat(night.output()).contains(REASON + " " + excluded);
    assertThat(Files.readString(one.resolve("dt=" + SECOND + "/report.html"))).contains(REASON);
    assertThat(Files.readString(one.resolve("dt=" + SECOND + "/README.md")))
        .contains("near no synthetic row published on an earlier date");
    assertThat(ids(one)).isNotEqualTo(ids(plain));
    assertThat(digest(four)).isEqualTo(digest(one));

    long published = Files.getLastModifiedTime(one.resolve("dt=" + SECOND)).toMillis();
    assertThat(good(run(one.toString(), SECOND, 4)).output()).contains("augment   done before");
    assertThat(Files.getLastModifiedTime(one.resolve("dt=" + SECOND)).toMillis())
        .isEqualTo(published);
  }

  @Test
  void anEarlierDateThatChangesOrIsDamagedIsNoticed() throws IOException {
    Path out = copyOfTheFirstNight("changed");
    String before = plannedAugment(out, SECOND);
    assertThat(plannedAugment(out, FIRST))
        .isEqualTo(plannedAugment(directory.resolve("out"), FIRST));
    Files.move(out.resolve("dt=" + FIRST), out.resolve("dt=2026-01-01"));
    assertThat(plannedAugment(out, SECOND)).isNotEqualTo(before);
    Files.writeString(out.resolve("dt=2026-01-01/manifest.json"), "{}");
    Result refused = run(out.toString(), SECOND, 1);
    assertThat(refused.exitCode()).as(refused.text()).isEqualTo(ExitCode.INPUT);
    assertThat(refused.text()).contains(out + "/dt=2026-01-01/manifest.json");
  }

  private String plannedAugment(Path out, String date) {
    Result plan =
        good(graft("plan", List.of("--json", "--run-date", date, "--set", "publish.to=" + out)));
    JsonNode stages = Json.read(plan.output().getBytes(), JsonNode.class).path("stages");
    for (JsonNode stage : stages) {
      if (stage.path("stage").asText().equalsIgnoreCase("augment")) {
        return stage.path("fingerprint").asText();
      }
    }
    throw new AssertionError(plan.output());
  }

  /** What every rule has left out. */
  private static JsonNode left(String out, String date) {
    Path folder = directory.resolve(out).resolve("dt=" + date);
    JsonNode manifest;
    try {
      manifest = Json.read(Files.readAllBytes(folder.resolve("manifest.json")), JsonNode.class);
      Path augment =
          directory
              .resolve(out)
              .resolve(".graft/augment")
              .resolve(manifest.path("fingerprints").path("augment").asText().substring(0, 16))
              .resolve("_SUCCESS");
      return Json.read(Files.readAllBytes(augment), JsonNode.class)
          .path("summary")
          .path("rejections");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static DatasetDigest digest(Path out) {
    return DatasetDigest.ofDirectory(out.resolve("dt=" + SECOND).toString());
  }

  private static Set<String> ids(Path out) {
    Set<String> ids = new TreeSet<>();
    for (DatasetFiles.DatasetFile file :
        DatasetFiles.list(out.resolve("dt=" + SECOND).toString())) {
      try (DatasetFileReader reader = DatasetFileReader.open(file.location())) {
        reader.forEach(row -> ids.add(row.provenance().sampleId()));
      }
    }
    return ids;
  }

  private static Path copyOfTheFirstNight(String name) throws IOException {
    Path out = directory.resolve(name);
    for (String part : List.of("dt=" + FIRST, ".graft/ingest", ".graft/train")) {
      OneJobProof.copy(directory.resolve("out").resolve(part), out.resolve(part));
    }
    return out;
  }

  private static Result run(String out, String date, int parallelism, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--run-date", date, "--runner", "local"));
    arguments.addAll(List.of("--set", "publish.to=" + directory.resolve(out)));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--", "--parallelism=" + parallelism));
    return graft("run", arguments);
  }

  private static Result graft(String command, List<String> more) {
    List<String> arguments = new ArrayList<>(List.of(command, directory + "/spec.yaml"));
    arguments.addAll(more);
    return GraftCommand.run(
        directory, Map.of("GRAFT_STORE", directory.resolve("store").toString()), arguments);
  }

  private static Result good(Result result) {
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    return result;
  }
}
