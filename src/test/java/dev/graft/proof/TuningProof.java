package dev.graft.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole run whose generator is tuned tells what was tried, beats a poor definition on tune rows,
 * and publishes the same rows on two runners.
 */
@Tag("slow")
class TuningProof {
  @TempDir Path directory;

  @Test
  void aPoorDefinitionIsBeatenAndTheReportSaysSo() throws IOException {
    QuickRun run = tuned("direct").run("direct", "--targetParallelism=2");
    JsonNode metrics =
        Json.read(Files.readAllBytes(run.published().resolve("metrics.json")), JsonNode.class);
    JsonNode tuning = metrics.get("tuning");
    assertThat(tuning.get("figure").asText()).isEqualTo("tune-loss");
    assertThat(tuning.get("trials")).hasSize(4);
    int winner = tuning.get("winner").intValue();
    assertThat(winner).isPositive();
    assertThat(tuning.at("/trials/" + winner + "/scores/1").doubleValue())
        .isLessThan(tuning.at("/trials/0/scores/1").doubleValue());
    assertThat(Files.readString(run.published().resolve("report.html")))
        .contains("<section id=\"tuning\">")
        .contains("Trial " + winner + " beats the definition's own settings on tune rows");

    assertThat(tuned("flink").run("local", "--parallelism=3").digest()).isEqualTo(run.digest());
  }

  private QuickRun tuned(String name) {
    QuickRun run = new QuickRun(directory.resolve(name));
    Path folder = directory.resolve(name);
    TinySpec.edit(
        folder.resolve("spec.yaml"), "vae.yaml}", "vae.yaml, tune: {trials: 4, steps: 60}}");
    TinySpec.edit(
        folder.resolve("vae.yaml"),
        "learning-rate: 0.005, beta: 0.05, eval-every: 50, checkpoint-every: 50}",
        "learning-rate: 0.00001, beta: 0.05, eval-every: 50, checkpoint-every: 50}\n"
            + "tune:\n"
            + "  training.learning-rate: {from: 0.002, to: 0.008, scale: log}\n"
            + "  architecture.latent: {of: [3, 4, 6]}");
    return run;
  }
}
