package dev.graft.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.ExitCode;
import dev.graft.runner.RunnerProfile;
import dev.graft.stage.Stage;
import dev.graft.stage.StageName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountersTest {
  private static final Map<String, Long> COUNTED = Map.of("read", 3L, "rejected.too-large", 1L);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "DirectRunner, --targetParallelism=2",
    "FlinkRunner, --flinkMaster=[local] --parallelism=2"
  })
  void whatAStageCountedIsHeardAndKept(String runner, String arguments) {
    List<Stage> stages = List.of(new FakeStage(StageName.INGEST, 1, List.of()));
    RunRequest request =
        new RunRequest(
            SpecSamples.publishingTo(directory),
            "",
            directory.resolve("store").toString(),
            RunnerProfile.bare(runner),
            List.of(arguments.split(" ")),
            false,
            List.of(StageName.INGEST));
    List<Object> heard = new ArrayList<>();
    RunListener listener =
        new RunListener() {
          @Override
          public void counted(StageName stage, Map<String, Long> counters) {
            heard.add(Map.of(stage, counters));
          }
        };
    Workflow workflow = new Workflow(stages);
    assertThat(workflow.run(request, listener).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(heard).containsExactly(Map.of(StageName.INGEST, COUNTED));
    String attempt = workflow.contexts(request).get(StageName.INGEST).directory();
    assertThat(Path.of(attempt).toFile().listFiles(file -> file.getName().startsWith("attempt-")))
        .singleElement()
        .satisfies(
            folder ->
                assertThat(LaunchNote.read(folder.getPath()).orElseThrow().counters())
                    .isEqualTo(COUNTED));
  }
}
