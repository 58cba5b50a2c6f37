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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick start with source, model store and output on an object store, and on a local disk. */
@Tag("slow")
class QuickstartOnStoreProof {
  @TempDir static Path directory;

  @Test
  void theRowsAreTheSame() {
    DatasetDigest local = run(directory.toString(), List.of());
    try (LoopbackCloud cloud = new LoopbackCloud()) {
      DatasetDigest remote = run("gs://bucket", cloud.options());
      assertThat(remote).isEqualTo(local);
      assertThat(remote.rows().get("synthetic/train")).isPositive();
      assertThat(cloud.objects("bucket/").keySet())
          .contains("sample-data/shapes/.whole")
          .anyMatch(name -> name.startsWith("sample-data/shapes/") && name.endsWith(".png"))
          .anyMatch(name -> name.startsWith("store/"));
      assertThat(directory.resolve("gs:")).doesNotExist();
      assertThat(Path.of("gs:")).doesNotExist();
    }
  }

  private static DatasetDigest run(String place, List<String> options) {
    List<String> arguments = new ArrayList<>(List.of("run"));
    arguments.add(Path.of("pipelines/quickstart.yaml").toAbsolutePath().toString());
    arguments.addAll(List.of("--run-date", "2026-01-02", "--"));
    arguments.addAll(options);
    Result result =
        GraftCommand.run(
            directory, Map.of("GRAFT_OUT", place, "GRAFT_STORE", place + "/store"), arguments);
    assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitCode.DONE);
    return DatasetDigest.ofDirectory(place + "/quickstart/dt=2026-01-02");
  }
}
