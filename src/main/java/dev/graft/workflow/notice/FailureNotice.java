package dev.graft.workflow.notice;

import dev.graft.data.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of a run that has failed or was refused. The command gets this as JSON on standard input,
 * the address gets it with a line {@code text} for people, as chat webhooks take it. Whatever comes
 * of that is at most a warning.
 *
 * @param run the spec's name, or its file when it could not be read
 * @param runDate {@code YYYY-MM-DD}, or empty
 * @param stage that failed; empty when it was none of them
 * @param exitCode of the command
 * @param message one line
 * @param report where the HTML report is; may be empty
 */
public record FailureNotice(
    String run, String runDate, String stage, int exitCode, String message, String report) {
  private static final Logger LOG = LoggerFactory.getLogger(FailureNotice.class);
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(30);
  private static final Duration POST_LIMIT = Duration.ofSeconds(10);

  /** One line for people. */
  public String text() {
    return "graft: "
        + run
        + (runDate.isEmpty() ? "" : " for " + runDate)
        + (exitCode == 4 ? " was refused" : " failed")
        + (stage.isEmpty() ? "" : " in " + stage)
        + " (exit "
        + exitCode
        + "): "
        + message
        + (report.isEmpty() ? "" : "; report: " + report);
  }

  /**
   * Tells whoever is to be told, waiting 40 seconds at most.
   *
   * @param directory where the command is started
   */
  public void send(NoticeSettings settings, Path directory) {
    send(settings, directory, COMMAND_LIMIT);
  }

  void send(NoticeSettings settings, Path directory, Duration commandLimit) {
    if (!settings.notifyCommand().isEmpty()) {
      start(settings.notifyCommand(), directory, commandLimit);
    }
    if (!settings.notifyUrl().isEmpty()) {
      Map<String, Object> content = new LinkedHashMap<>(Map.of("text", text()));
      Json.tree(this).fields().forEachRemaining(at -> content.put(at.getKey(), at.getValue()));
      try {
        new JsonPost(settings.notifyUrl(), "", POST_LIMIT).send(Json.canonical(content));
      } catch (IOException e) {
        // A webhook's address is a secret: it is not logged.
        LOG.warn("the failure could not be posted to notify.url: {}", e.getMessage());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void start(List<String> command, Path directory, Duration limit) {
    try {
      Path input = Files.createTempFile("graft-notice", ".json");
      try {
        Files.writeString(input, Json.canonical(this) + "\n");
        Process process =
            new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        await(process, limit);
      } finally {
        Files.deleteIfExists(input);
      }
    } catch (IOException e) {
      LOG.warn("notify.command could not be started: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void await(Process process, Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      LOG.warn("notify.command took longer than {} s and was ended", limit.toSeconds());
    } else if (process.exitValue() != 0) {
      LOG.warn("notify.command ended with status {}", process.exitValue());
    }
  }
}
