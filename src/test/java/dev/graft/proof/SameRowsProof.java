package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.parquet.DatasetDigest;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The published rows are the same at any parallelism on any runner, each time from an empty store.
 * The reference run is on the DirectRunner as Beam ships it: it checks that no step changes an
 * element it was given and that every element survives its coder.
 */
@TestInstance(Lifecycle.PER_CLASS)
class SameRowsProof {
  @TempDir static Path directory;
  private QuickRun reference;
  private DatasetDigest expected;

  @BeforeAll
  void runOnceWithChecks() {
    reference =
        new QuickRun(directory.resolve("reference"))
            .run(
                "DirectRunner",
                "--targetParallelism=2",
                "--enforceImmutability=true",
                "--enforceEncodability=true");
    expected = reference.digest();
  }

  @ParameterizedTest
  @CsvSource({"DirectRunner, 8", "FlinkRunner, 2"})
  void theRowsAreThoseOfTheReference(String runner, int parallelism) {
    assertSameRows(runner, parallelism);
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({"DirectRunner, 1", "FlinkRunner, 1", "FlinkRunner, 8"})
  void theRowsAreThoseOfTheReferenceEverywhere(String runner, int parallelism) {
    assertSameRows(runner, parallelism);
  }

  private void assertSameRows(String runner, int parallelism) {
    QuickRun run = new QuickRun(directory.resolve(runner + "-" + parallelism));
    if (runner.equals("FlinkRunner")) {
      run.run("flink", "--flinkMaster=[local]", "--parallelism=" + parallelism);
    } else {
      run.run("direct", "--targetParallelism=" + parallelism);
    }
    DatasetDigest digest = run.digest();
    assertThat(digest.columns()).isEqualTo(expected.columns());
    assertThat(digest).isEqualTo(expected);
  }

  @Test
  void aSecondRunRedoesNoStage() {
    Map<String, Long> before = reference.attempts();
    Map<String, String> visible = Scene.visible(reference.published());
    reference.run("DirectRunner", "--targetParallelism=2");
    assertThat(reference.attempts()).isEqualTo(before).hasSize(5);
    assertThat(Scene.visible(reference.published())).isEqualTo(visible);
  }

  @Test
  void anotherReaderFindsTheSameRows() throws SQLException, IOException {
    String folder = reference.published().resolve("data").toString();
    Map<String, Long> synthetic = DuckDb.rowsByLabel(folder, true);
    assertThat(synthetic).isEqualTo(reference.accepted());
    assertThat(synthetic.values().stream().mapToLong(Long::longValue).sum())
        .as("of %d wanted of each class", QuickRun.SYNTHETIC_PER_CLASS)
        .isGreaterThan(QuickRun.SYNTHETIC_PER_CLASS * synthetic.size() / 2L);
    assertThat(synthetic.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(expected.rows().get("synthetic/train"));
    Map<String, Long> real = DuckDb.rowsByLabel(folder, false);
    assertThat(real).hasSameSizeAs(synthetic);
    assertThat(real.values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(expected.rows().get("real/train"))
        .isBetween(QuickRun.PER_CLASS / 2L * real.size(), (long) QuickRun.PER_CLASS * real.size());
    assertThat(DuckDb.distinctIds(folder))
        .isEqualTo(expected.rows().values().stream().mapToLong(Long::longValue).sum());
  }
}
