package dev.graft.workflow.study;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.evaluate.run.StageOutputs;
import dev.graft.evaluate.study.StudyFigures;
import dev.graft.evaluate.study.StudyPage;
import dev.graft.evaluate.study.StudyScope;
import dev.graft.evaluate.study.StudyStage;
import dev.graft.evaluate.study.StudyTask;
import dev.graft.evaluate.study.StudyTasks;
import dev.graft.evaluate.study.StudyTraining;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ensemble.EnsembleArchitecture;
import dev.graft.report.StudyReport;
import dev.graft.spec.LaunchLimits;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.PublishSpec;
import dev.graft.spec.StudyPoint;
import dev.graft.spec.StudySpec;
import dev.graft.stage.StageName;
import dev.graft.workflow.Plan.PlannedStage;
import dev.graft.workflow.RunListener;
import dev.graft.workflow.RunLock;
import dev.graft.workflow.RunRequest;
import dev.graft.workflow.RunResult;
import dev.graft.workflow.Stages;
import dev.graft.workflow.Workflow;
import dev.graft.workflow.notice.NoticeSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Drives a study: INGEST, TRAIN and AUGMENT of every draw that learners wait for, then the learners
 * as one job. What is done, in this launch or an earlier one, is not done again.
 */
public final class StudyLauncher {
  private static final double SECONDS = 60;

  private final RunRequest request;
  private final StudySpec study;
  private final Workflow workflow = new Workflow(Stages.all());
  private final long start = System.nanoTime();

  /**
   * @param request a launch of the spec; its stages do not matter
   * @param study the spec's study section
   * @throws GraftException (exit 2) when a model may have learnt from other rows
   */
  public StudyLauncher(RunRequest request, StudySpec study) {
    this.request = request;
    this.study = study;
    checkMembers();
  }

  private void checkMembers() {
    if (request.spec().models().generator() instanceof Define define) {
      EnsembleArchitecture.find(ModelDefinition.of(define.definition())).stream()
          .flatMap(ensemble -> ensemble.members().stream())
          .filter(member -> !member.loaded().isEmpty())
          .findFirst()
          .ifPresent(
              member -> {
                throw GraftException.usage(
                    "%s has the stored member %s, which may have learnt from rows outside of a"
                        + " study's budget; give it a define in place of load",
                    define.file(), member.model().name());
              });
    }
  }

  /** Where {@code study.json} and {@code study.html} are put. */
  public String outputDirectory() {
    return Storage.resolve(request.spec().publish().to(), "study");
  }

  /**
   * What {@link #run} would do.
   *
   * @throws GraftException when the source cannot be listed
   */
  public StudyPlan plan() {
    Map<StudyPoint, Map<Double, List<PlannedStage>>> stages = new LinkedHashMap<>();
    List<StudyTask> tasks =
        new StudyTasks(
                request.spec(),
                study,
                (point, ratio) ->
                    fingerprints(
                        stages
                            .computeIfAbsent(point, key -> new LinkedHashMap<>())
                            .computeIfAbsent(ratio, key -> stages(point, ratio))))
            .all();
    Set<String> kept =
        tasks.stream()
            .filter(task -> StudyTraining.find(request.spec(), task).isPresent())
            .map(StudyTask::key)
            .collect(Collectors.toCollection(TreeSet::new));
    List<StudyPlan.Launch> launches = new ArrayList<>();
    for (int size : study.sizes()) {
      for (int seed = 0; seed < study.seeds(); seed++) {
        StudyPoint point = new StudyPoint(size, seed);
        List<StudyTask> left =
            tasks.stream()
                .filter(task -> task.point().equals(point) && !kept.contains(task.key()))
                .toList();
        launches.addAll(launches(point, left, stages.getOrDefault(point, Map.of())));
      }
    }
    return new StudyPlan(tasks, kept, launches);
  }

  private List<StudyPlan.Launch> launches(
      StudyPoint point, List<StudyTask> left, Map<Double, List<PlannedStage>> stages) {
    List<StudyPlan.Launch> launches = new ArrayList<>();
    Set<StageName> coming = new TreeSet<>();
    for (double ratio : study.ratios()) {
      if (left.stream().anyMatch(task -> task.ratio() != null && task.ratio() == ratio)) {
        launches.add(
            launch(
                point,
                ratio,
                List.of(StageName.INGEST, StageName.TRAIN, StageName.AUGMENT),
                stages.get(ratio),
                coming));
      }
    }
    if (launches.isEmpty() && !left.isEmpty()) {
      double any = stages.keySet().iterator().next();
      launches.add(launch(point, any, List.of(StageName.INGEST), stages.get(any), coming));
    }
    return launches;
  }

  private static StudyPlan.Launch launch(
      StudyPoint point,
      double ratio,
      List<StageName> asked,
      List<PlannedStage> planned,
      Set<StageName> coming) {
    List<StageName> missing =
        planned.stream()
            .filter(stage -> asked.contains(stage.stage()) && !stage.committed())
            .map(PlannedStage::stage)
            .filter(stage -> stage == StageName.AUGMENT || coming.add(stage))
            .toList();
    return new StudyPlan.Launch(point, ratio, asked, missing);
  }

  private List<PlannedStage> stages(StudyPoint point, double ratio) {
    return workflow
        .plan(
            request(
                point.spec(request.spec(), study, ratio),
                List.of(StageName.INGEST, StageName.TRAIN, StageName.AUGMENT)))
        .stages();
  }

  private static Map<StageName, String> fingerprints(List<PlannedStage> stages) {
    Map<StageName, String> fingerprints = new EnumMap<>(StageName.class);
    stages.forEach(stage -> fingerprints.put(stage.stage(), stage.fingerprint()));
    return fingerprints;
  }

  /** Runs what is left of the plan; never throws for an expected failure. */
  public RunResult run(StudyPlan plan, StudyListener listener) {
    try (RunLock lock = RunLock.acquire(Workflow.workDirectory(request))) {
      int number = 0;
      for (StudyPlan.Launch launch : plan.launches()) {
        number++;
        if (launch.missing().isEmpty()) {
          continue;
        }
        RunResult result =
            workflow.run(
                request(
                    launch.point().spec(request.spec(), study, launch.ratio()), launch.stages()),
                listener.drawing(launch.point(), launch.ratio(), number, plan.launches().size()));
        if (result.exitCode() != ExitCode.DONE) {
          return failed(result, launch.point().text() + ": ");
        }
      }
      return learn(plan, listener.learning(plan));
    } catch (GraftException e) {
      return new RunResult(e.exitCode(), e.getMessage(), Map.of(), "", "");
    }
  }

  private RunResult learn(StudyPlan plan, RunListener listener) {
    StudyScope scope = new StudyScope(request.spec(), study, plan.tasks());
    StudyStage stage = new StudyStage(scope, new StageOutputs(), new StudyReport());
    RunResult result =
        new Workflow(List.of(stage))
            .run(request(ownPlace(request.spec()), List.of(StageName.EVALUATE)), listener);
    if (result.exitCode() != ExitCode.DONE) {
      return failed(result, "");
    }
    for (String name : List.of(StudyFigures.FILE, StudyPage.FILE)) {
      String made = Storage.resolve(parent(result.report()), name);
      Storage.write(Storage.resolve(outputDirectory(), name), Storage.read(made));
    }
    return new RunResult(
        ExitCode.DONE,
        "",
        result.summaries(),
        "",
        Storage.resolve(outputDirectory(), StudyPage.FILE));
  }

  private static RunResult failed(RunResult result, String where) {
    return new RunResult(result.exitCode(), where + result.message(), Map.of(), "", "");
  }

  private static String parent(String file) {
    return file.substring(0, file.lastIndexOf('/'));
  }

  /** The spec with the study's folder as its place: stages of the study itself are kept there. */
  private static PipelineSpec ownPlace(PipelineSpec spec) {
    PublishSpec publish = spec.publish();
    return new PipelineSpec(
        spec.name(),
        spec.modality(),
        spec.seed(),
        spec.source(),
        spec.modalityOptions(),
        spec.split(),
        spec.models(),
        spec.augment(),
        spec.select(),
        spec.evaluate(),
        List.of(),
        new PublishSpec(
            StudyPoint.place(spec),
            publish.includeReal(),
            List.of(),
            publish.rowsPerShard(),
            publish.licence(),
            false));
  }

  /** A launch within the study, with a model store of the study's own and what time is left. */
  private RunRequest request(PipelineSpec spec, List<StageName> stages) {
    double minutes = request.limits().minutes();
    double taken = (System.nanoTime() - start) / 1e9 / SECONDS;
    return new RunRequest(
        spec,
        request.runDate(),
        Storage.resolve(StudyPoint.place(request.spec()), "store"),
        request.profile(),
        request.beamArguments(),
        false,
        stages,
        NoticeSettings.NONE,
        new LaunchLimits(
            minutes == 0 ? 0 : Math.max(Double.MIN_VALUE, minutes - taken),
            request.limits().bytes()));
  }
}
