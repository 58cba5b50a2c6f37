package dev.graft.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.Progress;
import dev.graft.stage.StageName;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.RunResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a run to a person: a line per stage, the progress of long work, and what came of it. */
final class TextNarrator implements Narrator {
  private static final Logger LOG = LoggerFactory.getLogger("dev.graft.progress");
  private static final double LOG_SECONDS = 10;

  private final PrintWriter out;
  private final TerminalProgress terminal;
  private final Progress.Listener progress;
  private final long start = System.nanoTime();
  private final List<String> timing = new ArrayList<>();
  private List<StageName> stages = List.of();

  TextNarrator(PrintWriter out, Surroundings surroundings) {
    this.out = out;
    if (surroundings.interactive()) {
      int columns = columns(surroundings.environment().getOrDefault("COLUMNS", ""));
      terminal = new TerminalProgress(out, columns, System::nanoTime);
      progress = terminal;
    } else {
      terminal = null;
      progress =
          new LogProgress(
              task -> LOG.info("{}: {}", task.name(), task.figures().strip()),
              LOG_SECONDS,
              System::nanoTime);
    }
  }

  @Override
  public void begin(String file, RunRequest request) {
    stages = request.stages();
    note(
        "%s from %s, %s, runner %s"
            .formatted(
                request.spec().name(),
                file,
                request.runDate().isEmpty() ? "undated" : "for " + request.runDate(),
                request.profile().name()));
  }

  @Override
  public void note(String text) {
    if (terminal == null) {
      out.println(text);
      out.flush();
    } else {
      terminal.println(text);
    }
  }

  @Override
  public void step(String event, Object content, List<String> lines) {
    lines.forEach(this::note);
  }

  @Override
  public Progress.Listener progress() {
    return progress;
  }

  @Override
  public void started(StageName stage, String fingerprint) {
    note(label(stage) + "started");
  }

  @Override
  public void skipped(StageName stage, String fingerprint) {
    note(label(stage) + "done before, nothing has changed");
  }

  @Override
  public void finished(StageName stage, JsonNode summary, Duration duration) {
    String clock = ProgressTask.clock(duration.toMillis() / 1000.0);
    timing.add(stage.key() + " " + clock);
    note(label(stage) + "done in " + clock);
  }

  @Override
  public void failed(StageName stage, String reason) {
    note(label(stage) + "FAILED");
  }

  @Override
  public void end(RunRequest request, RunResult result) {
    close();
    summarise(result);
  }

  @Override
  public void leftBehind(RunResult result) {
    if (!result.report().isEmpty()) {
      summarise(result);
    }
  }

  private void summarise(RunResult result) {
    timing.add("in all " + ProgressTask.clock((System.nanoTime() - start) / 1e9));
    new RunSummary(result).lines(String.join(", ", timing)).forEach(out::println);
    out.flush();
  }

  @Override
  public void close() {
    if (terminal != null) {
      terminal.close();
    }
  }

  private String label(StageName stage) {
    return "[%d/%d] %-9s ".formatted(stages.indexOf(stage) + 1, stages.size(), stage.key());
  }

  private static int columns(String text) {
    return text.matches("\\d{2,4}") ? Integer.parseInt(text) : 80;
  }
}
