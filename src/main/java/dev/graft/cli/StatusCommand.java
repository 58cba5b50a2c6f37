package dev.graft.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.publish.RunFolder;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.SpecFile;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.RunStatus;
import dev.graft.workflow.RunStatus.StageStatus;
import dev.graft.workflow.RunStatus.State;
import dev.graft.workflow.Stages;
import dev.graft.workflow.Workflow;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code graft status}. */
@Command(
    name = "status",
    header = "Tell where a run stands: stages, progress, the last error, what came of it.",
    description = "Reads files; starts nothing and writes nothing.")
final class StatusCommand implements Callable<Integer> {
  private static final List<String> FIGURES =
      List.of(
          "/rows/train",
          "/rows/tune",
          "/rows/test",
          "/generator/name",
          "/candidates",
          "/accepted",
          "/wanted",
          "/figures/coverage",
          "/figures/synthetic-accuracy",
          "/figures/real-accuracy",
          "/content-digest");

  private final Surroundings surroundings;

  @Mixin private SpecOptions options;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  StatusCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    SpecFile file = options.read(surroundings);
    PrintWriter out = spec.commandLine().getOut();
    if (file.sampleData().filter(data -> !SampleDataMaker.isThere(data)).isPresent()) {
      String text = "never begun: `graft run` makes the sample data first";
      out.println(output.json() ? JsonText.line(Map.of("note", text)) : text);
    } else {
      RunStatus status = RunStatus.of(new Workflow(Stages.all()), request(file));
      if (output.json()) {
        out.print(Json.pretty(document(status)));
      } else {
        status.stages().forEach(stage -> lines(stage, status.atWork()).forEach(out::println));
        out.println(run(status));
      }
    }
    out.flush();
    return 0;
  }

  private RunRequest request(SpecFile file) {
    return new RunRequest(
        file.spec(),
        options.runDate(),
        options.store(surroundings),
        RunnerProfile.bare("DirectRunner"),
        List.of(),
        false,
        RunRequest.allStages());
  }

  private static Map<String, Object> document(RunStatus status) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("at-work", status.atWork());
    document.put("stages", status.stages());
    document.put("end", status.end().map(Json::tree).orElse(null));
    return document;
  }

  private static List<String> lines(StageStatus stage, boolean atWork) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-9s %s  %s"
            .formatted(
                stage.stage().key(), stage.fingerprint().substring(0, 16), words(stage, atWork)));
    if (stage.state() == State.COMMITTED) {
      String figures = figures(stage.summary());
      if (!figures.isEmpty()) {
        lines.add("          " + figures);
      }
      if (!stage.counters().isEmpty()) {
        lines.add("          counted: " + counters(stage.counters()));
      }
    }
    stage.progress().forEach((what, how) -> lines.add("          " + what + ": " + how));
    if (!stage.error().isEmpty()) {
      lines.add("          last error: " + stage.error());
    }
    return lines;
  }

  private static String counters(Map<String, Long> counters) {
    return counters.entrySet().stream()
        .map(counter -> counter.getKey() + " " + counter.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String words(StageStatus stage, boolean atWork) {
    String attempts = stage.attempts() + (stage.attempts() == 1 ? " attempt" : " attempts");
    return switch (stage.state()) {
      case NEVER_BEGUN -> "never begun";
      case BEGUN -> {
        boolean open = stage.ended().isEmpty() && stage.error().isEmpty();
        String since = stage.begun().isEmpty() ? "" : ", the last at " + stage.begun();
        String how = open && !atWork ? "; it ended without a word" : "";
        yield "begun, not finished: " + attempts + since + how;
      }
      case COMMITTED ->
          stage.ended().isEmpty()
              ? "committed"
              : "committed %s in %s".formatted(stage.ended(), took(stage));
    };
  }

  private static String took(StageStatus stage) {
    return ProgressTask.clock(
        Duration.between(Instant.parse(stage.begun()), Instant.parse(stage.ended())).toSeconds());
  }

  private static String figures(JsonNode summary) {
    List<String> figures = new ArrayList<>();
    for (String path : FIGURES) {
      JsonNode figure = summary.at(path);
      if (!figure.isMissingNode()) {
        String value =
            figure.isFloatingPointNumber()
                ? String.format(Locale.ROOT, "%.4g", figure.asDouble())
                : figure.asText();
        figures.add(path.replace("/figures", "").substring(1).replace('/', ' ') + " " + value);
      }
    }
    return String.join(", ", figures);
  }

  private static String run(RunStatus status) {
    String work = status.atWork() ? "a run is at work here now" : "no run is at work here";
    if (status.end().isEmpty()) {
      return work + "; nothing is published";
    }
    RunFolder end = status.end().get();
    return end.published()
        ? work + "; published: " + end.directory()
        : work + "; refused: " + end.directory() + ": " + String.join("; ", end.failures());
  }
}
