package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.cli.GraftCommand;
import dev.graft.cli.GraftCommand.Result;
import dev.graft.data.ExitCode;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.DatasetDigest;
import dev.graft.model.external.ExternalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All stages with a generator from a TorchScript file and an examiner from an ONNX file. */
class ExternalModelsProof {
  @TempDir Path directory;

  private Path spec(Path folder) throws IOException {
    TinySpec.writeDefinitions(folder);
    TinyImages.idx(folder, 240);
    Files.copy(ExternalFiles.path("bars.pt"), folder.resolve("bars.pt"));
    Files.writeString(
        folder.resolve("bars.yaml"),
        ExternalFiles.generator("bars.pt", 16, "left, right, top", 16)
            .replace(ExternalFiles.path("bars.pt").toString(), "bars.pt"));
    Files.writeString(
        folder.resolve("embedder.yaml"), ExternalFiles.embedder("bar-embedder.onnx", 16, 16));
    return Files.writeString(
        folder.resolve("spec.yaml"),
        TinySpec.spec(folder)
            .replace("vae.yaml", "bars.yaml")
            .replaceFirst("examiner: .*", "examiner: {define: " + folder + "/embedder.yaml}"));
  }

  private static Result run(Path spec, String... options) {
    List<String> arguments = new ArrayList<>(List.of("run", spec.toString()));
    arguments.addAll(List.of("--run-date", "2026-01-02"));
    arguments.addAll(List.of(options));
    Path folder = spec.getParent();
    return GraftCommand.run(
        folder, Map.of("GRAFT_STORE", folder.resolve("store").toString()), arguments);
  }

  private static Path published(Path spec) {
    return spec.resolveSibling("out/dt=2026-01-02");
  }

  private DatasetDigest rows(String folder, String runner, String parallelism) throws IOException {
    Path spec = spec(directory.resolve(folder));
    Result run = run(spec, "--runner", runner, "--", parallelism);
    assertThat(run.exitCode()).as(run.text()).isEqualTo(ExitCode.DONE);
    return DatasetDigest.ofDirectory(published(spec).toString());
  }

  @Test
  void aRunWithModelsFromFilesPublishesTheirRows() throws IOException {
    assertThat(rows("direct", "direct", "--targetParallelism=2").rows())
        .containsEntry("synthetic/train", 36L);
    Path published = directory.resolve("direct/out/dt=2026-01-02");
    JsonNode manifest = json(published.resolve("manifest.json"));
    assertThat(manifest.at("/models/generator/family").asText()).isEqualTo("external");
    assertThat(manifest.at("/models/examiner/family").asText()).isEqualTo("external-classifier");
    assertThat(published.resolve("report.html")).content().contains("embedder");
  }

  @Test
  @Tag("slow")
  void theRowsAreTheSameAtAnyParallelism() throws IOException {
    DatasetDigest one = rows("one", "direct", "--targetParallelism=1");
    assertThat(rows("eight", "direct", "--targetParallelism=8")).isEqualTo(one);
    Path flink = spec(directory.resolve("flink"));
    Result run = run(flink, "--runner", "flink", "--", "--flinkMaster=[local]", "--parallelism=2");
    assertThat(run.exitCode()).as(run.text()).isEqualTo(ExitCode.DONE);
    assertThat(DatasetDigest.ofDirectory(published(flink).toString())).isEqualTo(one);
  }

  @Test
  void aMissingModelFileIsFoundBeforeAnythingRuns() throws IOException {
    Path spec = spec(directory);
    Files.delete(directory.resolve("bars.pt"));
    Result run = run(spec, "--runner", "direct");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.errors()).contains(directory.resolve("bars.pt").toString());
    assertThat(directory.resolve("out")).doesNotExist();
  }

  private static JsonNode json(Path file) throws IOException {
    return Json.read(Files.readAllBytes(file), JsonNode.class);
  }
}
