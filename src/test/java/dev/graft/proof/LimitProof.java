package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.cli.GraftCommand;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.parquet.DatasetDigest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Launches that are ended by their limit publish nothing, and the one that goes on is no other. */
class LimitProof {
  private static final int LIMITED = 4;
  @TempDir static Path undisturbed;
  private static DatasetDigest expected;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"--one-job", "--no-one-job"})
  void theRowsAreThoseOfALaunchWithoutALimit(String jobs) {
    if (expected == null) {
      expected = new QuickRun(undisturbed).run("direct", "--targetParallelism=2").digest();
    }
    QuickRun run = new QuickRun(directory);
    for (int launch = 0; launch < LIMITED; launch++) {
      Result ended = launch(jobs, "--set", "limits.minutes=0.01");
      if (launch == 0) {
        assertThat(ended.exitCode()).as(ended.text()).isEqualTo(ExitCode.TRANSIENT);
        assertThat(ended.errors()).contains("limits.minutes is 0.01", "nothing is published");
      }
      assertThat(run.published().resolve("_SUCCESS").toFile().exists())
          .isEqualTo(ended.exitCode() == ExitCode.DONE);
    }
    Result done = launch(jobs);
    assertThat(done.exitCode()).as(done.text()).isEqualTo(ExitCode.DONE);
    assertThat(run.digest()).isEqualTo(expected);
  }

  private Result launch(String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", directory + "/spec.yaml"));
    arguments.addAll(List.of("--run-date", "2026-01-02", "--runner", "direct"));
    arguments.addAll(List.of(more));
    arguments.addAll(List.of("--", "--targetParallelism=2"));
    return GraftCommand.run(
        directory, Map.of("GRAFT_STORE", directory.resolve("store").toString()), arguments);
  }
}
