package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.PipelineSpecReader;
import dev.graft.spec.SpecRequest;
import dev.graft.stage.Stage;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.workflow.Registries;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.Stages;
import dev.graft.workflow.Workflow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.model.pipeline.v1.RunnerApi;
import org.apache.beam.model.pipeline.v1.RunnerApi.PTransform;
import org.apache.beam.sdk.extensions.gcp.auth.NoopCredentialFactory;
import org.apache.beam.sdk.extensions.gcp.storage.NoopPathValidator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every stage's graph as Dataflow would be given it, without a network: the names of its steps, its
 * coders, what its functions carry, and the memory they ask for.
 */
class DataflowGraphProof {
  /** A function's code and what it has captured: the spec is in there, data never. */
  private static final int LARGEST_CLOSURE = 100_000;

  private static final int LARGEST_JOB = 1_000_000;
  private static final Set<String> SIDE_INPUTS =
      Set.of(
          "CheckAndSplit",
          "Conclude",
          "MergeSummaries/ProduceDefault",
          "WriteShards/MergeReports/ProduceDefault",
          "WriteShards/WriteShard",
          "MoveCandidates",
          "MoveReal");

  private static final Set<String> JAVA_SERIALISED =
      Set.of(
          "PlannedRange",
          "DatasetSchema",
          "Reject",
          "ReadSummary",
          "SplitPlan",
          "WriteReport",
          "WrittenShard");
  private static final String MIN_RAM = "beam:resources:min_ram_bytes:v1";

  @TempDir static Path directory;
  private static RunRequest request;
  private static Map<StageName, StageContext> contexts;

  /**
   * @param job as it is sent to the service
   * @param pipeline as it is staged for the workers
   */
  private record Graph(JsonNode job, RunnerApi.Pipeline pipeline) {}

  @BeforeAll
  static void read() throws IOException {
    TinyImages.idx(directory, 12);
    TinySpec.writeDefinitions(directory);
    Path file = directory.resolve("spec.yaml");
    Files.writeString(
        file,
        TinySpec.spec(directory)
            .replace(directory + "/out", "gs://bucket/out")
            .replace(
                "evaluate:", "  - {scorer: near-duplicate, drop: true, distance: 1}\nevaluate:"));
    request =
        new RunRequest(
            new PipelineSpecReader(new Registries(directory + "/store"), Path.of(""))
                .read(SpecRequest.of(file, directory))
                .spec(),
            "2026-01-02",
            "gs://bucket/store",
            RunnerProfile.read(Path.of("config/dataflow.yaml")),
            List.of(),
            false,
            RunRequest.allStages());
    contexts = new Workflow(Stages.all()).contexts(request);
  }

  private static Graph translate(StageName name) throws IOException {
    Path job = directory.resolve(name.key() + ".json");
    LocalStager.WRITTEN.clear();
    Stage stage = Stages.all().stream().filter(one -> one.name() == name).findFirst().orElseThrow();
    new PipelineLauncher(
            request.profile(),
            List.of(
                "--project=test-project",
                "--region=us-central1",
                "--gcpTempLocation=gs://bucket/tmp",
                "--stagingLocation=gs://bucket/staging",
                "--credentialFactoryClass=" + NoopCredentialFactory.class.getName(),
                "--pathValidatorClass=" + NoopPathValidator.class.getName(),
                "--stagerClass=" + LocalStager.class.getName(),
                "--filesToStage=" + directory.resolve("images.idx"),
                "--sdkContainerImage=region-docker.pkg.dev/any/graft/worker:1",
                "--templateLocation=" + job))
        .submit(
            "graft-" + name.key() + "-0123456789ab",
            pipeline -> stage.build(pipeline, contexts.get(name)));
    return new Graph(
        Json.mapper().readTree(Files.readString(job)),
        RunnerApi.Pipeline.parseFrom(LocalStager.WRITTEN.get("pipeline.pb")));
  }

  private static Collection<PTransform> transforms(Graph graph) {
    return graph.pipeline().getComponents().getTransformsMap().values();
  }

  /** The steps that a stage applies itself; what is inside of them is Beam's matter. */
  private static Set<String> steps(Graph graph) {
    Set<String> steps = new TreeSet<>();
    for (String root : graph.pipeline().getRootTransformIdsList()) {
      PTransform whole = graph.pipeline().getComponents().getTransformsOrThrow(root);
      steps.add(whole.getUniqueName());
    }
    return steps;
  }

  @ParameterizedTest
  @EnumSource(StageName.class)
  void everyStageIsTranslatedWithNamesThatStay(StageName name) throws IOException {
    Graph graph = translate(name);
    assertThat(graph.job().path("name").asText()).startsWith("graft-" + name.key());
    assertThat(steps(graph))
        .hasSizeGreaterThan(2)
        .isEqualTo(steps(translate(name)))
        .allSatisfy(step -> assertThat(step).matches("[A-Z][A-Za-z]+[0-9]?"))
        .anySatisfy(step -> assertThat(step).startsWith("Commit"));
    assertThat(transforms(graph))
        .extracting(PTransform::getUniqueName)
        .anySatisfy(step -> assertThat(step).contains("WriteSuccess"));
  }

  @ParameterizedTest
  @EnumSource(StageName.class)
  void noStepCarriesData(StageName name) throws IOException {
    Graph graph = translate(name);
    assertThat(transforms(graph))
        .isNotEmpty()
        .allSatisfy(
            transform ->
                assertThat(transform.getSpec().getPayload().size())
                    .as(transform.getUniqueName())
                    .isLessThan(LARGEST_CLOSURE));
    assertThat(graph.job().toString().length()).isLessThan(LARGEST_JOB);
  }

  /** Only summaries, whose size follows the number of classes and shards, go to all workers. */
  @ParameterizedTest
  @EnumSource(StageName.class)
  void sideInputsAreSummaries(StageName name) throws IOException {
    Set<String> reading = new TreeSet<>();
    for (PTransform transform : transforms(translate(name))) {
      if (transform.getSpec().getUrn().equals("beam:transform:pardo:v1")
          && RunnerApi.ParDoPayload.parseFrom(transform.getSpec().getPayload()).getSideInputsCount()
              > 0) {
        reading.add(transform.getUniqueName().replaceAll("/ParMultiDo.*", ""));
      }
    }
    assertThat(reading).isSubsetOf(SIDE_INPUTS);
  }

  /** Java's own serialisation is slow and tied to classes: plans and summaries only. */
  @ParameterizedTest
  @EnumSource(StageName.class)
  void rowsTravelByCodersOfTheirOwn(StageName name) throws IOException {
    Set<String> found = new TreeSet<>();
    Pattern element = Pattern.compile("dev/?.?graft[./][a-z./]*[./]([A-Z]\\w+)");
    for (RunnerApi.Coder coder :
        translate(name).pipeline().getComponents().getCodersMap().values()) {
      String payload = coder.getSpec().getPayload().toString(StandardCharsets.ISO_8859_1);
      Matcher type = element.matcher(payload);
      if (payload.contains("SerializableCoder") && type.find()) {
        found.add(type.group(1));
      }
    }
    assertThat(found).isSubsetOf(JAVA_SERIALISED);
  }

  @ParameterizedTest
  @EnumSource(
      value = StageName.class,
      names = {"TRAIN", "AUGMENT", "EVALUATE"})
  void stepsWithTensorsAskForMemory(StageName name) throws IOException {
    Graph graph = translate(name);
    Set<String> asking = new TreeSet<>();
    for (PTransform transform : transforms(graph)) {
      RunnerApi.Environment environment =
          graph
              .pipeline()
              .getComponents()
              .getEnvironmentsOrDefault(
                  transform.getEnvironmentId(), RunnerApi.Environment.getDefaultInstance());
      if (environment.containsResourceHints(MIN_RAM)) {
        assertThat(environment.getResourceHintsOrThrow(MIN_RAM).toStringUtf8())
            .isEqualTo("8000000000");
        asking.add(transform.getUniqueName());
      }
    }
    assertThat(asking)
        .isNotEmpty()
        .anyMatch(step -> step.matches("Train.*|MakeCandidates0/Make.*|Measure.*"))
        .noneMatch(step -> step.contains("WriteSuccess"));
  }

  @Test
  void theJobHasTheProfilesOptions() throws IOException {
    JsonNode environment = translate(StageName.AUGMENT).job().path("environment");
    JsonNode options = environment.at("/sdkPipelineOptions/options");
    assertThat(options.path("numberOfWorkerHarnessThreads").asInt()).isEqualTo(4);
    assertThat(options.path("experiments").toString()).contains("use_runner_v2");
    JsonNode pool = environment.at("/workerPools/0");
    assertThat(pool.path("machineType").asText()).isEqualTo("n2-standard-4");
    assertThat(
            pool.path("workerHarnessContainerImage").asText()
                + pool.path("sdkHarnessContainerImages"))
        .contains("graft/worker:1");
  }
}
