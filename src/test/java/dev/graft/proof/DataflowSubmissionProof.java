package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.cli.GraftCommand;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the launcher and the Flex Template send to Dataflow and to the bucket. */
class DataflowSubmissionProof {
  private static final String JAR = "the job's own classes";

  @TempDir Path directory;
  private LoopbackCloud cloud;

  @BeforeEach
  void fillBucket() throws IOException {
    cloud = new LoopbackCloud();
    Files.writeString(directory.resolve("graft.jar"), JAR);
    TinyImages.idx(directory, 60);
    TinySpec.writeDefinitions(directory);
    Files.writeString(
        directory.resolve("spec.yaml"),
        TinySpec.spec(directory)
            .replace("define: " + directory + "/", "define: ")
            .replace("learner: " + directory + "/", "learner: ")
            .replace(directory.toString(), "gs://bucket/data"));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String folder = file.toString().endsWith(".yaml") ? "specs/" : "data/";
        cloud.store.put("bucket/" + folder + file.getFileName(), Files.readAllBytes(file), -1);
      }
    }
  }

  @AfterEach
  void close() {
    cloud.close();
  }

  private List<String> beam(String... more) {
    List<String> options = new ArrayList<>(cloud.options());
    options.addAll(
        List.of(
            "--region=us-central1",
            "--gcpTempLocation=gs://bucket/tmp",
            "--stagingLocation=gs://bucket/staging",
            "--sdkContainerImage=us-docker.pkg.dev/any/graft/worker:1",
            "--filesToStage=" + directory.resolve("graft.jar")));
    options.addAll(List.of(more));
    return options;
  }

  private Result graft(String command, String runner, String store, List<String> beam) {
    List<String> arguments = new ArrayList<>(List.of(command, "spec.yaml", "--runner", runner));
    arguments.add("--");
    arguments.addAll(beam);
    return GraftCommand.run(directory, Map.of("GRAFT_STORE", store), arguments);
  }

  /** The Flex Template's launch of a stage. */
  private Result template(String stage, String... more) {
    List<String> arguments =
        beam(
            "--runner=DataflowRunner",
            "--jobName=graft-tonight",
            "--templateLocation=gs://bucket/jobs/" + stage + ".json",
            "--spec=gs://bucket/specs/spec.yaml",
            "--store=gs://bucket/store",
            "--stage=" + stage);
    arguments.addAll(List.of(more));
    return GraftCommand.template(directory, arguments);
  }

  private PipelineLauncher launcher() {
    return new PipelineLauncher(RunnerProfile.read(Path.of("config/dataflow.yaml")), beam());
  }

  /** Everything that was staged, as text. */
  private String staged() {
    StringBuilder all = new StringBuilder();
    cloud
        .objects("bucket/staging/")
        .forEach((name, content) -> all.append(name).append('\n').append(text(content)));
    return all.toString();
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1);
  }

  @Test
  void aLaunchStagesTheJarAndTheGraphAndWaitsForTheJob() {
    Result ingest = graft("ingest", "dataflow", "gs://bucket/store", beam());
    assertThat(cloud.jobs).as(ingest.text()).hasSize(1);
    JsonNode job = cloud.jobs.get(0);
    assertThat(job.path("name").asText()).matches("graft-ingest-[0-9a-f]{12}");
    assertThat(job.path("type").asText()).isEqualTo("JOB_TYPE_BATCH");
    JsonNode environment = job.path("environment");
    JsonNode pool = environment.at("/workerPools/0");
    assertThat(pool.path("machineType").asText()).isEqualTo("n2-standard-4");
    assertThat(pool.path("sdkHarnessContainerImages").toString()).contains("graft/worker:1");
    assertThat(environment.path("experiments").toString()).contains("use_runner_v2");
    assertThat(environment.at("/sdkPipelineOptions/options/numberOfWorkerHarnessThreads").asInt())
        .isEqualTo(4);
    assertThat(staged()).contains("graft-", JAR, "pipeline-", ".pb", "ReadSource", "WriteSuccess");
    assertThat(pool.path("packages").toString()).contains("graft-").contains("bucket/staging");
    assertThat(ingest.exitCode())
        .as("the job ended, but committed nothing")
        .isEqualTo(ExitCode.TRANSIENT);
    assertThat(ingest.errors()).contains("ended without an outcome");
  }

  @Test
  void aFailedJobIsAFailure() {
    cloud.endJobsAs("JOB_STATE_FAILED");
    assertThatThrownBy(
            () -> launcher().run("graft-any", pipeline -> pipeline.apply("Any", Create.of(1))))
        .hasMessageContaining("graft-any ended as FAILED");
  }

  @Test
  void aJobOfTheSameNameIsBusy() {
    cloud.takeNames();
    assertThatThrownBy(
            () -> launcher().run("graft-any", pipeline -> pipeline.apply("Any", Create.of(1))))
        .isInstanceOfSatisfying(
            GraftException.class, busy -> assertThat(busy.exitCode()).isEqualTo(ExitCode.BUSY))
        .hasMessageContaining("graft-any");
  }

  @Test
  void aPlaceOnTheLaunchersDiskIsRefused() {
    Result refused = graft("run", "dataflow", directory + "/store", beam());
    assertThat(refused.exitCode()).as(refused.text()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.errors()).contains("GRAFT_STORE", "do not see");
    assertThat(cloud.jobs).isEmpty();
  }

  @Test
  void theTemplateWritesTheJobAndStartsNothing() {
    Result launched = template("ingest", "--runDate=2026-01-02");
    assertThat(launched.exitCode()).as(launched.text()).isEqualTo(ExitCode.DONE);
    assertThat(cloud.jobs).isEmpty();
    assertThat(text(cloud.objects("bucket/jobs/").get("ingest.json"))).contains("graft-tonight");
    assertThat(staged()).contains(JAR, "ReadSource", "WriteSuccess");
  }

  @Test
  void aStageThatIsDoneGetsAJobThatDoesNothing() {
    Result done = graft("ingest", "direct", "gs://bucket/store", cloud.options());
    assertThat(done.exitCode()).as(done.text()).isEqualTo(ExitCode.DONE);
    Result launched = template("ingest");
    assertThat(launched.exitCode()).as(launched.text()).isEqualTo(ExitCode.DONE);
    assertThat(cloud.objects("bucket/jobs/")).containsKey("ingest.json");
    assertThat(staged()).contains("NothingToDo").doesNotContain("ReadSource");
  }

  @ParameterizedTest
  @EnumSource(
      value = StageName.class,
      names = {"TRAIN", "AUGMENT", "EVALUATE", "PUBLISH"})
  void aStageWithoutItsInputIsNotLaunched(StageName stage) {
    Result refused = template(stage.key());
    assertThat(refused.exitCode()).as(refused.text()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.errors()).contains("ingest has no committed output at gs://bucket/data/out");
    assertThat(cloud.objects("bucket/jobs/")).isEmpty();
  }

  @Test
  void aWrongParameterIsNamed() {
    Result refused = template("ingest", "--stage=digest");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.errors()).contains("parameter stage is \"digest\"", "ingest, train");
    assertThat(template("ingest", "--spec=spec.yaml").errors()).contains("parameter spec");
    assertThat(template("ingest", "--spec=gs://bucket/specs/none.yaml").errors())
        .contains("there is no spec at gs://bucket/specs/none.yaml");
  }
}
