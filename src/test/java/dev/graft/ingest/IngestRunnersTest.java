package dev.graft.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.json.Json;
import dev.graft.ingest.sample.SampleData;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SplitSpec;
import dev.graft.stage.StageOutput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestRunnersTest {
  @TempDir Path directory;

  @Test
  void givesTheSameRowsOnEveryRunnerAtAnyParallelism() {
    Path shapes = directory.resolve("shapes");
    SampleData.write(shapes, "shapes", 5, 120);
    PipelineSpec spec =
        IngestRuns.spec(
            IngestRuns.source("class-folders", Map.of("path", shapes.toString())),
            "{\"size\": 28}",
            new SplitSpec(0.15, 0.15, ""),
            1);
    List<String> all = new ArrayList<>();
    List<String> arguments =
        List.of(
            IngestRuns.DIRECT,
            "--runner=DirectRunner --targetParallelism=1",
            IngestRuns.FLINK + 1,
            IngestRuns.FLINK + 2);
    for (int i = 0; i < arguments.size(); i++) {
      StageOutput output = IngestRuns.run(spec, directory.resolve("work" + i), arguments.get(i));
      all.add(IngestRuns.rows(output) + Json.canonical(output.summary()));
    }
    assertThat(all.subList(1, all.size())).allMatch(all.get(0)::equals);
    assertThat(all.get(0)).contains("\"rows\":{\"test\":");
  }
}
