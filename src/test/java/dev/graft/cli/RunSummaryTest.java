package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.ExitCode;
import dev.graft.data.json.Json;
import dev.graft.stage.StageName;
import dev.graft.workflow.RunResult;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  @Test
  void realRowsAreWithoutThoseThatTheSourceCallsSynthetic() {
    JsonNode figures =
        Json.tree(
            Map.of(
                "rows", Map.of("train", 1_500, "tune", 200, "test", 100),
                "synthetic-rows", 400,
                "rejected", 3));
    RunResult result = new RunResult(ExitCode.DONE, "", Map.of(StageName.INGEST, figures), "", "");
    assertThat(new RunSummary(result).lines("1 s"))
        .contains(
            "real       1,100 train, 200 tune, 100 test rows; 3 records rejected; 400 synthetic"
                + " ones passed over");
  }

  @Test
  void saysWhatIsAcceptedAndWhatPassesEveryRule() {
    JsonNode figures =
        Json.tree(
            Map.of(
                "accepted", 21_000,
                "candidates", 52_943,
                "acceptance", 0.7903,
                "kept-share", 0.3967,
                "wanted", 21_000));
    RunResult result = new RunResult(ExitCode.DONE, "", Map.of(StageName.AUGMENT, figures), "", "");
    assertThat(new RunSummary(result).lines("1 s"))
        .contains(
            "synthetic  21,000 rows accepted of 52,943 candidates, 79.0 % of which pass every rule;"
                + " 21,000 wanted");
  }
}
