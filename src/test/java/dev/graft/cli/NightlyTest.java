package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the run date changes: which stages another night finds done, by their fingerprints. */
class NightlyTest {
  private static final String SPEC =
      """
      name: shapes
      source: {format: class-folders, path: "%s"}
      image: {size: 28}
      model: {define: models/image-vae.yaml}
      augment: {synthetic: {per-class: 10}}
      publish: {to: out/shapes}
      """;

  @TempDir Path folder;

  @BeforeEach
  void makeThreeNightsOfData() {
    sample("in/2026-11-20", "1");
    sample("in/2026-11-21", "1");
    sample("in/2026-11-22", "2");
  }

  @Test
  void anotherNightFindsTheModelAndDrawsNewSamples() throws IOException {
    Map<String, String> first = fingerprints("in/2026-11-20", "2026-11-20");
    Map<String, String> second = fingerprints("in/2026-11-20", "2026-11-21");
    assertThat(second).containsEntry("ingest", first.get("ingest"));
    assertThat(second).containsEntry("train", first.get("train"));
    assertThat(second.get("augment")).isNotEqualTo(first.get("augment"));
    assertThat(second.get("publish")).isNotEqualTo(first.get("publish"));
    assertThat(fingerprints("in/2026-11-20", "2026-11-20")).isEqualTo(first);
  }

  @Test
  void aSourceThatFollowsTheDateIsTrainedOnAgainWhenItsDataDiffers() throws IOException {
    Map<String, String> first = fingerprints("in/${run-date}", "2026-11-20");
    Map<String, String> sameData = fingerprints("in/${run-date}", "2026-11-21");
    Map<String, String> otherData = fingerprints("in/${run-date}", "2026-11-22");
    assertThat(sameData).containsEntry("train", first.get("train"));
    assertThat(otherData.get("ingest")).isNotEqualTo(first.get("ingest"));
    assertThat(otherData.get("train")).isNotEqualTo(first.get("train"));
  }

  private void sample(String directory, String seed) {
    CommandRun made =
        CommandRun.in(folder, "sample-data", directory, "--per-class", "3", "--seed", seed);
    assertThat(made.status()).as(made.err()).isZero();
  }

  /** Of every stage, by its name. */
  private Map<String, String> fingerprints(String source, String date) throws IOException {
    Files.writeString(folder.resolve("s.yaml"), SPEC.formatted(source));
    CommandRun plan = CommandRun.in(folder, "plan", "s.yaml", "--run-date", date, "--json");
    assertThat(plan.status()).as(plan.err()).isZero();
    Map<String, String> fingerprints = new TreeMap<>();
    Json.read(plan.out().getBytes(StandardCharsets.UTF_8), JsonNode.class)
        .path("stages")
        .forEach(
            stage ->
                fingerprints.put(
                    stage.path("stage").asText().toLowerCase(Locale.ROOT),
                    stage.path("fingerprint").asText()));
    assertThat(fingerprints).hasSize(5);
    return fingerprints;
  }
}
