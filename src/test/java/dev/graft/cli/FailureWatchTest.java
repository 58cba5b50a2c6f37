package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureWatchTest {
  private static final Map<String, String> NOTIFY =
      Map.of("GRAFT_NOTIFY_COMMAND", "cat > notice.json; exit 9");

  @TempDir Path folder;

  private JsonNode notice() throws IOException {
    return Json.read(Files.readAllBytes(folder.resolve("notice.json")), JsonNode.class);
  }

  @Test
  void aBadSpecIsToldAndKeepsItsExitCode() throws IOException {
    Files.writeString(folder.resolve("s.yaml"), "name: [");
    CommandRun run = CommandRun.in(folder, NOTIFY, "run", "s.yaml", "--dir", folder.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(notice().path("exit-code").intValue()).isEqualTo(2);
    assertThat(notice().path("run").textValue()).isEqualTo("s.yaml");
    assertThat(run.err()).contains(notice().path("message").textValue().lines().toList().get(0));
  }

  @Test
  void aFailedStageIsNamed() throws IOException {
    WorkFolder.make(folder);
    Files.writeString(folder.resolve("pictures/circle/broken.png"), "no picture");
    CommandRun run =
        CommandRun.in(
            folder,
            NOTIFY,
            "ingest",
            "s.yaml",
            "--run-date=2026-11-22",
            "--runner=direct",
            "--dir=" + folder);
    assertThat(run.status()).isEqualTo(3);
    assertThat(notice().path("stage").textValue()).isEqualTo("ingest");
    assertThat(notice().path("run").textValue()).isEqualTo("shapes");
    assertThat(notice().path("run-date").textValue()).isEqualTo("2026-11-22");
    assertThat(run.err()).contains(notice().path("message").textValue());
  }

  @Test
  void aBusyPlaceIsNoFailure() throws IOException {
    WorkFolder work = WorkFolder.make(folder);
    try (FileChannel ignored = work.hold()) {
      assertThat(
              CommandRun.in(folder, NOTIFY, "ingest", "s.yaml", "--dir", folder.toString())
                  .status())
          .isEqualTo(5);
    }
    assertThat(folder.resolve("notice.json")).doesNotExist();
  }
}
