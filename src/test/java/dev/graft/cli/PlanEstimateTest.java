package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanEstimateTest {
  @TempDir Path folder;

  /** A run of another spec in the same place. */
  private void earlier(WorkFolder work, String stage, String begun, String ended, long bytes)
      throws IOException {
    Path place = work.directory(stage).resolveSibling("0123456789abcdef");
    WorkFolder.write(
        place.resolve("_SUCCESS"),
        Json.pretty(
            Map.of("stage", stage, "fingerprint", "0", "attempt", "a1", "summary", Map.of())));
    WorkFolder.write(
        place.resolve("attempt-a1/launch.json"),
        Json.pretty(
            Map.of(
                "begun",
                begun,
                "ended",
                ended,
                "code",
                0,
                "reason",
                "",
                "counters",
                Map.of("bytes-written", bytes))));
  }

  @Test
  void whatNothingTellsIsNotKnown() throws IOException {
    WorkFolder.make(folder);
    assertThat(CommandRun.in(folder, "plan", "s.yaml").out())
        .contains("time      not known", "writes    not known");
  }

  @Test
  void anEarlierRunInTheSamePlaceTellsTimeAndBytes() throws IOException {
    WorkFolder work = WorkFolder.make(folder);
    earlier(work, "ingest", "2026-11-22T01:00:00Z", "2026-11-22T01:01:00Z", 2_000_000);
    earlier(work, "train", "2026-11-22T01:01:00Z", "2026-11-22T01:11:05Z", 0);
    CommandRun plan = CommandRun.in(folder, "plan", "s.yaml");
    assertThat(plan.out())
        .contains("time      about 11:05; not known of augment, evaluate, publish")
        .contains("writes    about 2.0 MB");
    JsonNode estimates = WorkFolder.json("plan", folder).path("estimates");
    assertThat(estimates.at("/1/seconds").asDouble()).isEqualTo(605);
    assertThat(estimates.at("/2/seconds").asDouble()).isEqualTo(-1);
  }
}
