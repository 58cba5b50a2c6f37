package dev.graft.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunnerProfileTest {
  @TempDir Path folder;

  @Test
  void commandLineWinsOverTheProfile() throws Exception {
    RunnerProfile profile = profile("options: {fasterCopy: true, parallelism: 3}");
    assertThat(profile.arguments(List.of("--parallelism=1", "--flinkMaster=[local]")))
        .containsExactly(
            "--runner=FlinkRunner",
            "--fasterCopy=true",
            "--parallelism=1",
            "--flinkMaster=[local]");
  }

  @Test
  void flinkReadsItsSettingsFromTheProfile() throws Exception {
    FlinkPipelineOptions options =
        new PipelineLauncher(profile("flink: {heartbeat.timeout: 600000}"), List.of())
            .options("job")
            .as(FlinkPipelineOptions.class);
    var settings =
        org.apache.flink.configuration.GlobalConfiguration.loadConfiguration(
            options.getFlinkConfDir());
    assertThat(
            settings.get(org.apache.flink.configuration.HeartbeatManagerOptions.HEARTBEAT_TIMEOUT))
        .isEqualTo(600_000L);
  }

  @Test
  void aModelCallHasTenMinutesUnlessTheProfileGivesItOthers() throws Exception {
    assertThat(profile("options: {}").longestCall()).isEqualTo(Duration.ofMinutes(10));
    assertThat(profile("limits: {call: 90s}").withOneJob(true).longestCall())
        .isEqualTo(Duration.ofSeconds(90));
    assertThatThrownBy(() -> profile("limits: {call: 10}"))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("limits: {call: 10}; it is a time such as 90s, 10m or 1h");
    assertThatThrownBy(() -> profile("limits: {calls: 10m}"))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("no key \"calls\"");
  }

  @Test
  void aFolderGivenByHandIsKept() throws Exception {
    FlinkPipelineOptions options =
        new PipelineLauncher(
                profile("flink: {heartbeat.timeout: 600000}"), List.of("--flinkConfDir=/etc/flink"))
            .options("job")
            .as(FlinkPipelineOptions.class);
    assertThat(options.getFlinkConfDir()).isEqualTo("/etc/flink");
  }

  @Test
  void embeddedFlinkUsesAllCoresAndAClusterWhatItIsSetTo() throws Exception {
    assertThat(parallelism("--flinkMaster=[local]"))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(parallelism("--flinkMaster=[local]", "--parallelism=7")).isEqualTo(7);
    assertThat(parallelism("--flinkMaster=host:8081")).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--awsSecretKy=hunter2",
        "--parallelism=hunter2",
        "--stateBackend=hunter2",
        "--awsCredentialsProvider={\"type\": hunter2}",
        "--filesToStage={\"a\": hunter2",
        "hunter2",
      })
  void aRefusalNamesOptionsAndKeepsTheirValues(String option) throws Exception {
    PipelineLauncher launcher =
        new PipelineLauncher(
            profile("options: {fasterCopy: true}"),
            List.of("--flinkMaster=host:8081", "--nonsense=1", option));
    assertThatThrownBy(() -> launcher.options("job"))
        .isInstanceOf(GraftException.class)
        .hasMessageStartingWith(
            "Beam refuses the options [--runner=FlinkRunner, --fasterCopy=***, --flinkMaster=***")
        .hasMessageContaining(option.replaceAll("=?[^-=]*hunter2.*", ""))
        .hasMessageNotContaining("hunter2");
  }

  private int parallelism(String... arguments) throws Exception {
    return new PipelineLauncher(profile("options: {fasterCopy: true}"), List.of(arguments))
        .options("job")
        .as(FlinkPipelineOptions.class)
        .getParallelism();
  }

  private RunnerProfile profile(String more) throws Exception {
    Path file = folder.resolve("mine.yaml");
    Files.writeString(file, "runner: FlinkRunner\n" + more + "\n");
    return RunnerProfile.read(file);
  }
}
