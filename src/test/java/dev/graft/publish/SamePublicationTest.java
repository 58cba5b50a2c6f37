package dev.graft.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is published does not depend on where it was. */
class SamePublicationTest {
  @TempDir Path root;

  @Test
  void flinkAndOtherParallelismGiveTheSameFilesRowByRow() throws IOException {
    UpstreamOutputs upstream = new UpstreamOutputs(root);
    PublishStageTest.publish(upstream.write(), "DirectRunner", "--targetParallelism=1");
    Map<String, List<String>> direct = rowsByFile();
    for (int parallelism : new int[] {3, 1}) {
      Storage.delete(root.resolve("dt=2026-11-22").toString());
      upstream.attempt = "flink-" + parallelism;
      String slots = "--parallelism=" + parallelism;
      PublishStageTest.publish(upstream.write(), "FlinkRunner", "--flinkMaster=[local]", slots);
      assertThat(rowsByFile()).isEqualTo(direct);
    }
  }

  private Map<String, List<String>> rowsByFile() throws IOException {
    Map<String, List<String>> rows = new HashMap<>();
    for (var file : DatasetFiles.list(root.resolve("dt=2026-11-22").toString())) {
      List<String> described = new ArrayList<>();
      try (DatasetFileReader reader = DatasetFileReader.open(file.location())) {
        reader.forEach(row -> described.add(row.values()[1] + " " + row.provenance()));
      }
      rows.put(file.location(), described);
    }
    assertThat(rows).hasSize(7);
    Manifest manifest = Manifest.read(root.resolve("dt=2026-11-22").toString()).orElseThrow();
    rows.put("digest", List.of(Json.canonical(manifest.contentDigest())));
    return rows;
  }
}
