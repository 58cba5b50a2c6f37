package dev.graft.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.evaluate.study.Ratios;
import dev.graft.evaluate.study.SizeFigures;
import dev.graft.evaluate.study.StudyFigures;
import dev.graft.spec.StudyPoint;
import dev.graft.stage.StageName;
import dev.graft.workflow.RunListener;
import dev.graft.workflow.RunResult;
import dev.graft.workflow.study.StudyListener;
import dev.graft.workflow.study.StudyPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells a study as it goes, and what came of it. */
final class StudyNarrator implements StudyListener {
  private final Narrator narrator;
  private final FailureWatch watch;
  private final long start = System.nanoTime();

  StudyNarrator(Narrator narrator, FailureWatch watch) {
    this.narrator = narrator;
    this.watch = watch;
  }

  Narrator narrator() {
    return narrator;
  }

  /** What there is to do. */
  void planned(StudyForecast forecast) {
    narrator.step("study-planned", forecast, forecast.lines());
  }

  @Override
  public RunListener drawing(StudyPoint point, double ratio, int number, int of) {
    Map<String, Object> where = new LinkedHashMap<>();
    where.put("size", point.size());
    where.put("seed", point.seed());
    where.put("ratio", ratio);
    return watch.beside(
        new Teller(
            String.format(
                Locale.ROOT, "[%d/%d] %s, %s: ", number, of, point.text(), Ratios.text(ratio)),
            where));
  }

  @Override
  public RunListener learning(StudyPlan plan) {
    int left = plan.left().size();
    Map<String, Object> where = new LinkedHashMap<>();
    where.put("runs", left);
    return watch.beside(
        new Teller(String.format(Locale.ROOT, "learners, %,d runs to do: ", left), where));
  }

  /** The study is done. */
  void ended(RunResult result, String directory) {
    narrator.close();
    String json = Storage.resolve(directory, StudyFigures.FILE);
    StudyFigures figures = Json.read(Storage.read(json), StudyFigures.class);
    double seconds = (System.nanoTime() - start) / 1e9;
    Map<String, Object> event = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>(List.of(""));
    Map<String, Object> verdicts = new LinkedHashMap<>();
    for (SizeFigures size : figures.sizes()) {
      lines.add(String.format(Locale.ROOT, "%-10s %s", "size " + size.size(), size.words()));
      if (size.verdict() != null && size.verdict().recommendedRatio() > 0) {
        lines.add(
            String.format(
                Locale.ROOT,
                "%-10s recommended ratio %s, by tune rows",
                "",
                Ratios.text(size.verdict().recommendedRatio())));
      }
      verdicts.put(Integer.toString(size.size()), size.words());
    }
    lines.add(String.format(Locale.ROOT, "%-10s %s", "figures", json));
    lines.add(String.format(Locale.ROOT, "%-10s %s", "report", result.report()));
    lines.add(String.format(Locale.ROOT, "%-10s in all %s", "time", ProgressTask.clock(seconds)));
    event.put("verdicts", verdicts);
    event.put("figures", json);
    event.put("report", result.report());
    event.put("seconds", Math.round(seconds * 10) / 10.0);
    narrator.step("done", event, lines);
  }

  /** Tells the stages of one place of the study. */
  private final class Teller implements RunListener {
    private final String label;
    private final Map<String, Object> where;

    Teller(String label, Map<String, Object> where) {
      this.label = label;
      this.where = where;
    }

    @Override
    public void started(StageName stage, String fingerprint) {
      if (stage == StageName.EVALUATE) {
        tell("started", stage, label + "started", Map.of());
      }
    }

    @Override
    public void finished(StageName stage, JsonNode summary, Duration duration) {
      double seconds = duration.toMillis() / 1000.0;
      tell(
          "finished",
          stage,
          label + name(stage) + "done in " + ProgressTask.clock(seconds),
          Map.of("seconds", seconds));
    }

    @Override
    public void failed(StageName stage, String reason) {
      tell("failed", stage, label + name(stage) + "FAILED", Map.of("reason", reason));
    }

    private String name(StageName stage) {
      return stage == StageName.EVALUATE ? "" : stage.key() + " ";
    }

    private void tell(String what, StageName stage, String text, Map<String, Object> more) {
      Map<String, Object> event = new LinkedHashMap<>(where);
      event.put("stage", stage.key());
      event.putAll(more);
      narrator.step("study-stage-" + what, event, List.of(text));
    }
  }
}
