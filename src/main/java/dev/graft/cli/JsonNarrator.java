package dev.graft.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.Progress;
import dev.graft.data.json.Json;
import dev.graft.stage.StageName;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.RunResult;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells a run to a program: one JSON object a line, each with its {@code event}. */
final class JsonNarrator implements Narrator {
  private static final double PROGRESS_SECONDS = 2;

  private final PrintWriter out;
  private final Progress.Listener progress;
  private final long start = System.nanoTime();

  JsonNarrator(PrintWriter out) {
    this.out = out;
    this.progress = new LogProgress(this::progressed, PROGRESS_SECONDS, System::nanoTime);
  }

  @Override
  public void begin(String file, RunRequest request) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("spec", file);
    event.put("name", request.spec().name());
    event.put("run-date", request.runDate());
    event.put("seed", request.spec().seed());
    event.put("runner", request.profile().name());
    event.put("stages", request.stages().stream().map(StageName::key).toList());
    emit("begin", event);
  }

  @Override
  public void note(String text) {
    emit("note", Map.of("text", text));
  }

  @Override
  public void step(String event, Object content, List<String> lines) {
    Map<String, Object> fields = new LinkedHashMap<>();
    Json.tree(content).properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
    emit(event, fields);
  }

  @Override
  public Progress.Listener progress() {
    return progress;
  }

  private void progressed(ProgressTask task) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("task", task.name());
    event.put("done", task.done());
    event.put("total", task.total());
    event.put("unit", task.unit());
    event.put("per-second", Math.round(task.rate() * 10) / 10.0);
    event.put("seconds-left", Math.round(task.remaining()));
    event.put("detail", task.detail());
    emit("progress", event);
  }

  @Override
  public void started(StageName stage, String fingerprint) {
    emit("stage-started", stage(stage, "fingerprint", fingerprint));
  }

  @Override
  public void skipped(StageName stage, String fingerprint) {
    emit("stage-skipped", stage(stage, "fingerprint", fingerprint));
  }

  @Override
  public void counted(StageName stage, Map<String, Long> counted) {
    emit("stage-counted", stage(stage, "counters", counted));
  }

  @Override
  public void finished(StageName stage, JsonNode summary, Duration duration) {
    Map<String, Object> event = stage(stage, "summary", summary);
    event.put("seconds", duration.toMillis() / 1000.0);
    emit("stage-finished", event);
  }

  @Override
  public void failed(StageName stage, String reason) {
    emit("stage-failed", stage(stage, "reason", reason));
  }

  @Override
  public void end(RunRequest request, RunResult result) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("published", result.publishedDirectory());
    event.put("report", result.report());
    event.put("seconds", Math.round((System.nanoTime() - start) / 1e8) / 10.0);
    Map<String, JsonNode> summaries = new LinkedHashMap<>();
    result.summaries().forEach((stage, summary) -> summaries.put(stage.key(), summary));
    event.put("summaries", summaries);
    emit("done", event);
  }

  @Override
  public void leftBehind(RunResult result) {
    if (!result.report().isEmpty()) {
      emit("left-behind", Map.of("report", result.report()));
    }
  }

  @Override
  public void close() {}

  private static Map<String, Object> stage(StageName stage, String key, Object value) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("stage", stage.key());
    event.put(key, value);
    return event;
  }

  private synchronized void emit(String name, Map<String, Object> content) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("event", name);
    event.putAll(content);
    out.println(JsonText.line(event));
    out.flush();
  }
}
