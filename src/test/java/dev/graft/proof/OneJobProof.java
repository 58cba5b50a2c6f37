package dev.graft.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.cli.GraftCommand;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AUGMENT, EVALUATE and PUBLISH as one job publish and refuse as three jobs do. */
@TestInstance(Lifecycle.PER_CLASS)
class OneJobProof {
  @TempDir static Path directory;
  private DatasetDigest expected;

  @BeforeAll
  void runEachByItself() {
    expected = new QuickRun(directory).run("direct", "--targetParallelism=2").digest();
  }

  @ParameterizedTest
  @CsvSource({"direct, --targetParallelism=2", "local, --parallelism=2"})
  void theRowsAreTheSameAndAGateStillRefuses(String runner, String option) throws IOException {
    Path out = directory.resolve("out-" + runner);
    for (String stage : List.of("ingest", "train")) {
      copy(directory.resolve("out/.graft/" + stage), out.resolve(".graft/" + stage));
    }
    Result plan = graft("plan", out, List.of("--one-job", "--runner", runner));
    assertThat(plan.output()).contains("one job   augment, evaluate, publish");
    assertThat(graft("plan", out, List.of("--no-one-job")).output()).doesNotContain("one job");

    Result run = graft("run", out, List.of("--one-job", "--runner", runner, "--", option));
    assertThat(run.exitCode()).as(run.text()).isEqualTo(ExitCode.DONE);
    assertThat(run.output())
        .containsSubsequence(
            "train     done before",
            "augment   started",
            "augment   done in",
            "evaluate  started",
            "evaluate  done in",
            "publish   started",
            "publish   done in");
    assertThat(DatasetDigest.ofDirectory(out.resolve("dt=2026-01-02").toString()))
        .isEqualTo(expected);
    assertThat(counted(out)).isEqualTo(counted(directory.resolve("out")));

    Result refused =
        graft(
            "run",
            out,
            List.of(
                "--one-job",
                "--overwrite",
                "--set",
                "gates={defaults: none, synthetic-accuracy: {min: 1}}",
                "--runner",
                runner,
                "--",
                option));
    assertThat(refused.exitCode()).as(refused.text()).isEqualTo(ExitCode.GATE);
    assertThat(refused.errors()).contains("synthetic-accuracy");
    assertThat(refused.output())
        .containsSubsequence("augment   done before", "evaluate  done in", "publish   FAILED")
        .containsPattern("report +/");
    assertThat(out.resolve("dt=2026-01-02.refused/_REFUSED")).exists();
  }

  /** The counters that go by rows and not by how the work was parted, of the stages in one job. */
  private static List<JsonNode> counted(Path out) throws IOException {
    Result status = graft("status", out, List.of("--json"));
    assertThat(status.exitCode()).as(status.text()).isEqualTo(ExitCode.DONE);
    JsonNode stages = Json.read(status.output().getBytes(UTF_8), JsonNode.class).path("stages");
    List<JsonNode> counted =
        List.of(
            stages.at("/2/counters/accepted"),
            stages.at("/2/counters/generated"),
            stages.at("/3/counters/tasks"),
            stages.at("/4/counters/written"));
    assertThat(counted).allSatisfy(counter -> assertThat(counter.asLong()).isPositive());
    return counted;
  }

  private static Result graft(String command, Path out, List<String> more) {
    List<String> arguments = new ArrayList<>(List.of(command, directory + "/spec.yaml"));
    arguments.addAll(List.of("--run-date", "2026-01-02", "--set", "publish.to=" + out));
    arguments.addAll(more);
    return GraftCommand.run(
        directory, Map.of("GRAFT_STORE", directory.resolve("store").toString()), arguments);
  }

  static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
