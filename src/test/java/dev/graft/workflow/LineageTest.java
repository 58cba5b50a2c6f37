package dev.graft.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.ExitCode;
import dev.graft.data.json.Json;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.LaunchLimits;
import dev.graft.stage.Stage;
import dev.graft.stage.StageName;
import dev.graft.workflow.notice.Loopback;
import dev.graft.workflow.notice.NoticeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {
  private static final List<Stage> STAGES =
      List.of(
          new FakeStage(StageName.INGEST, 1, List.of()),
          new FakeStage(StageName.AUGMENT, 1, List.of(StageName.INGEST)),
          new FakeStage(StageName.PUBLISH, 1, List.of(StageName.AUGMENT)));

  @TempDir Path directory;

  private RunResult run(String collector) {
    return new Workflow(STAGES)
        .run(
            new RunRequest(
                SpecSamples.publishingTo(directory),
                "2026-11-22",
                directory.resolve("store").toString(),
                RunnerProfile.bare("DirectRunner"),
                List.of("--targetParallelism=1"),
                false,
                List.of(StageName.INGEST, StageName.AUGMENT, StageName.PUBLISH),
                new NoticeSettings(collector, "key", "night", List.of(), ""),
                LaunchLimits.NONE),
            new RunListener() {});
  }

  private List<JsonNode> events() throws IOException {
    return Files.readAllLines(directory.resolve(".graft/lineage.jsonl")).stream()
        .map(line -> Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class))
        .toList();
  }

  private static String words(JsonNode event) {
    return event.path("eventType").textValue() + " " + event.at("/job/name").textValue();
  }

  @Test
  void aRunThatWorksTellsItselfAndItsStagesFromSourceToPublishedPlace() throws IOException {
    RunResult result = run("");
    List<JsonNode> events = events();
    assertThat(events)
        .extracting(LineageTest::words)
        .containsExactly(
            "START any",
            "START any.ingest",
            "COMPLETE any.ingest",
            "START any.augment",
            "COMPLETE any.augment",
            "START any.publish",
            "COMPLETE any.publish",
            "COMPLETE any");
    JsonNode whole = events.get(0);
    for (JsonNode event : events) {
      assertThat(event.at("/job/namespace").textValue()).isEqualTo("night");
      assertThat(event.path("schemaURL").textValue()).endsWith("RunEvent");
      assertThat(event.at("/run/facets/nominalTime/nominalStartTime").textValue())
          .isEqualTo("2026-11-22T00:00:00Z");
      UUID id = UUID.fromString(event.at("/run/runId").textValue());
      assertThat(id.version()).isEqualTo(5);
      assertThat(id.variant()).isEqualTo(2);
      boolean stage = event.at("/job/name").textValue().contains(".");
      assertThat(event.at("/run/facets/parent/run/runId").asText(""))
          .isEqualTo(stage ? whole.at("/run/runId").textValue() : "");
    }
    assertThat(events.get(1).at("/run/runId")).isEqualTo(events.get(2).at("/run/runId"));
    JsonNode augmented = events.get(4);
    assertThat(augmented.path("inputs")).hasSize(1);
    assertThat(augmented.at("/inputs/0/name")).isEqualTo(events.get(2).at("/outputs/0/name"));
    assertThat(augmented.at("/inputs/0/name").textValue()).contains("/.graft/ingest/");
    assertThat(events.get(7).at("/outputs/0/name").textValue())
        .isEqualTo(result.publishedDirectory());
  }

  @Test
  void anotherLaunchAppendsAndTellsOnlyTheStagesThatItLaunches() throws IOException {
    run("");
    run("");
    assertThat(events()).hasSize(10);
    assertThat(events().get(8).at("/run/runId")).isNotEqualTo(events().get(0).at("/run/runId"));
    assertThat(words(events().get(9))).isEqualTo("COMPLETE any");
  }

  @Test
  void aRunThatFailsSaysWhereAndWhy() throws IOException {
    Files.writeString(directory.resolve("fail-augment"), "input");
    assertThat(run("").exitCode()).isEqualTo(ExitCode.INPUT);
    assertThat(events())
        .extracting(LineageTest::words)
        .endsWith("START any.augment", "FAIL any.augment", "FAIL any");
    assertThat(events().subList(4, 6))
        .allSatisfy(
            event ->
                assertThat(event.at("/run/facets/errorMessage/message").textValue())
                    .isEqualTo("3 records of 4 are bad"));
  }

  @Test
  void aCollectorGetsWhatTheFileHas() throws IOException {
    try (Loopback collector = new Loopback(201)) {
      run(collector.url());
      assertThat(collector.bodies())
          .containsExactlyElementsOf(Files.readAllLines(directory.resolve(".graft/lineage.jsonl")))
          .hasSize(8);
      assertThat(collector.authorization()).isEqualTo("Bearer key");
    }
  }

  @Test
  void aCollectorThatIsDownOrNeverAnswersNeitherFailsARunNorHoldsItUp() throws IOException {
    run("");
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      int discard = 9;
      for (int port : List.of(silent.getLocalPort(), discard)) {
        long start = System.nanoTime();
        RunResult result = run("http://127.0.0.1:" + port + "/lineage");
        assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      }
    }
    assertThat(events()).hasSize(12);
  }
}
