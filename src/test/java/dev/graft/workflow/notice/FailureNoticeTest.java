package dev.graft.workflow.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureNoticeTest {
  private static final FailureNotice NOTICE =
      new FailureNotice("shapes", "2026-11-22", "publish", 4, "copied-rows 0.2 > 0.1", "/r.html");

  @TempDir Path folder;

  private static NoticeSettings settings(String url, String... command) {
    return new NoticeSettings("", "", "graft", List.of(command), url);
  }

  @Test
  void aCommandGetsTheFailureAsJsonOnStandardInput() throws IOException {
    Path script = folder.resolve("tell");
    Files.writeString(script, "#!/bin/sh\ncat > \"$1\"\nexit 7\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    NOTICE.send(settings("", "./tell", "got.json"), folder);
    JsonNode got = Json.read(Files.readAllBytes(folder.resolve("got.json")), JsonNode.class);
    assertThat(got).isEqualTo(Json.tree(NOTICE));
    assertThat(got.path("run-date").textValue()).isEqualTo("2026-11-22");
    assertThat(got.path("exit-code").intValue()).isEqualTo(4);
  }

  @Test
  void anAddressGetsALineForPeopleAndTheSameJson() {
    try (Loopback webhook = new Loopback(200)) {
      NOTICE.send(settings(webhook.url()), folder);
      assertThat(webhook.body().path("text").textValue())
          .isEqualTo(
              "graft: shapes for 2026-11-22 was refused in publish (exit 4):"
                  + " copied-rows 0.2 > 0.1; report: /r.html");
      Json.tree(NOTICE)
          .fields()
          .forEachRemaining(
              field -> assertThat(webhook.body().path(field.getKey())).isEqualTo(field.getValue()));
    }
  }

  @Test
  void nothingThatGoesWrongIsThrownAndASlowCommandIsEnded() {
    NOTICE.send(settings("", "/no/such/program"), folder);
    NOTICE.send(settings("http://127.0.0.1:9/"), folder);
    try (Loopback webhook = new Loopback(500)) {
      NOTICE.send(settings(webhook.url()), folder);
      assertThat(webhook.bodies()).hasSize(1);
    }
    long start = System.nanoTime();
    NOTICE.send(settings("", "/bin/sh", "-c", "sleep 60"), folder, Duration.ofSeconds(1));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aProfileDeclaresAndTheEnvironmentWins() throws IOException {
    Path profile = folder.resolve("local.yaml");
    Files.writeString(
        profile,
        """
        runner: DirectRunner
        lineage: {url: "http://marquez:5000/api/v1/lineage"}
        notify: {command: [mail, -s, graft], url: "https://chat/hook"}
        """);
    assertThat(NoticeSettings.read(Optional.of(profile), Map.of()))
        .isEqualTo(
            new NoticeSettings(
                "http://marquez:5000/api/v1/lineage",
                "",
                "graft",
                List.of("mail", "-s", "graft"),
                "https://chat/hook"));
    assertThat(
            NoticeSettings.read(
                Optional.of(profile),
                Map.of(
                    "OPENLINEAGE_URL", "http://other:80",
                    "OPENLINEAGE_API_KEY", "key",
                    "OPENLINEAGE_NAMESPACE", "nightly",
                    "GRAFT_NOTIFY_COMMAND", "cat > x",
                    "GRAFT_NOTIFY_URL", "http://x/y")))
        .isEqualTo(
            new NoticeSettings(
                "http://other:80/api/v1/lineage",
                "key",
                "nightly",
                List.of("/bin/sh", "-c", "cat > x"),
                "http://x/y"));
    assertThat(NoticeSettings.read(Optional.empty(), Map.of())).isEqualTo(NoticeSettings.NONE);
  }

  @Test
  void whatIsNotUnderstoodIsSaid() throws IOException {
    for (String text :
        List.of("notify: {webhook: x}", "lineage: {url: marquez}", "notify: {command: {}}")) {
      Path profile = folder.resolve("p.yaml");
      Files.writeString(profile, text + "\n");
      assertThatThrownBy(() -> NoticeSettings.read(Optional.of(profile), Map.of()))
          .isInstanceOfSatisfying(
              GraftException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
          .hasMessageContaining(text.contains("lineage") ? "lineage.url" : "notify.");
    }
  }
}
