package dev.graft.cli;

import dev.graft.cli.CandidateForecast.ClassForecast;
import dev.graft.data.json.Json;
import dev.graft.spec.SpecFile;
import dev.graft.spec.SpecFile.SampleDataSpec;
import dev.graft.stage.StageName;
import dev.graft.workflow.Estimate;
import dev.graft.workflow.Plan;
import dev.graft.workflow.Plan.PlannedStage;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.Stages;
import dev.graft.workflow.Workflow;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code graft plan}. */
@Command(
    name = "plan",
    header =
        "Tell what a run would do: stages, what is done already and why, candidates, time and"
            + " bytes.",
    description = "Starts nothing and writes nothing.")
final class PlanCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private RunnerOptions runner;
  @Mixin private OneJobOption oneJob;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  PlanCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    SpecOptions options = runner.spec();
    SpecFile file = options.read(surroundings);
    RunRequest request =
        new RunRequest(
            file.spec(),
            options.runDate(),
            options.store(surroundings),
            oneJob.in(runner.profile(surroundings)),
            runner.beamArguments(),
            false,
            RunRequest.allStages());
    Optional<SampleDataSpec> missing =
        file.sampleData().filter(data -> !SampleDataMaker.isThere(data));
    if (missing.isPresent()) {
      return afterSampleData(missing.get());
    }
    Plan plan = new Workflow(Stages.all()).plan(request);
    CandidateForecast forecast = CandidateForecast.of(file.spec(), plan);
    List<Estimate> estimates =
        Estimate.of(plan, forecast.classes().stream().mapToLong(ClassForecast::firstRound).sum());
    PrintWriter out = spec.commandLine().getOut();
    if (output.json()) {
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("stages", plan.stages());
      document.put("candidates", forecast.classes());
      document.put("note", forecast.note());
      document.put("estimates", estimates);
      document.put("limits", file.limits());
      out.print(Json.pretty(document));
    } else {
      for (PlannedStage stage : plan.stages()) {
        out.printf(
            "%-9s %s  %-4s  %s%n",
            stage.stage().key(),
            stage.fingerprint().substring(0, 16),
            stage.skipped() ? "skip" : "run",
            stage.why());
      }
      plan.together()
          .forEach(
              names ->
                  out.println(
                      "one job   "
                          + names.stream().map(StageName::key).collect(Collectors.joining(", "))));
      forecast.lines().forEach(out::println);
      estimates(estimates).forEach(out::println);
      out.println("output    " + file.spec().publish().to());
    }
    out.flush();
    return 0;
  }

  private static List<String> estimates(List<Estimate> estimates) {
    String unknown =
        estimates.stream()
            .filter(estimate -> !estimate.known())
            .map(estimate -> estimate.stage().key())
            .collect(Collectors.joining(", "));
    String rest = unknown.isEmpty() ? "" : "; not known of " + unknown + ", which never ran here";
    if (estimates.stream().noneMatch(Estimate::known)) {
      return List.of(
          "time      not known: no earlier run on a local disk tells", "writes    not known");
    }
    List<Estimate> known = estimates.stream().filter(Estimate::known).toList();
    return List.of(
        "time      about "
            + ProgressTask.clock(known.stream().mapToDouble(Estimate::seconds).sum())
            + rest,
        String.format(
            Locale.ROOT,
            "writes    about %.1f MB%s",
            known.stream().mapToLong(Estimate::bytes).sum() / 1e6,
            rest));
  }

  private int afterSampleData(SampleDataSpec data) {
    PrintWriter out = spec.commandLine().getOut();
    String text =
        "sample data would be made in %s first; the rest depends on it".formatted(data.directory());
    out.println(output.json() ? JsonText.line(Map.of("note", text)) : text);
    out.flush();
    return 0;
  }
}
