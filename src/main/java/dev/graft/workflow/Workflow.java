package dev.graft.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.model.store.StoreUsers;
import dev.graft.runner.PipelineLauncher;
import dev.graft.spec.LaunchLimits;
import dev.graft.stage.CallLimit;
import dev.graft.stage.OutputFiles;
import dev.graft.stage.Stage;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import dev.graft.workflow.notice.Lineage;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.beam.sdk.transforms.Create;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives the stages of a run in order, skipping those that are committed for their fingerprint. */
public final class Workflow {
  private static final Logger LOG = LoggerFactory.getLogger(Workflow.class);
  static final String NOT_WHOLE = "its output is no longer whole";

  private final List<Stage> stages;

  /**
   * A workflow over the given stages.
   *
   * @param stages all stages, in order
   */
  public Workflow(List<Stage> stages) {
    this.stages = List.copyOf(stages);
  }

  /** What {@link #run} would do. */
  public Plan plan(RunRequest request) {
    Map<StageName, String> fingerprints =
        Fingerprints.of(stages, request.spec(), request.runDate());
    boolean delivered = delivered(request, fingerprints).isPresent();
    List<Plan.PlannedStage> planned = new ArrayList<>();
    List<Stage> requested = requested(request);
    Map<StageName, Boolean> committedStages = new EnumMap<>(StageName.class);
    for (Stage stage : requested) {
      StageContext context = context(request, stage, fingerprints, "plan");
      committedStages.put(stage.name(), committed(stage, context).isPresent());
    }
    Map<StageName, Integer> jobs =
        delivered
            ? Map.of()
            : StageJob.numbers(
                requested, request.profile().oneJob(), stage -> !committedStages.get(stage.name()));
    for (Stage stage : requested) {
      StageContext context = context(request, stage, fingerprints, "plan");
      boolean committed = committedStages.get(stage.name());
      String whyNot = committed ? "committed for this fingerprint" : "published already";
      planned.add(
          new Plan.PlannedStage(
              stage.name(),
              context.fingerprint(stage.name()),
              context.directory(),
              committed,
              committed || delivered,
              jobs.getOrDefault(stage.name(), 0),
              committed || delivered ? whyNot : whyRun(context)));
    }
    return new Plan(planned);
  }

  /** Runs the requested stages; never throws for an expected failure. */
  public RunResult run(RunRequest request, RunListener listener) {
    Map<StageName, StageOutput> outputs = new EnumMap<>(StageName.class);
    try {
      SharedPlaces.check(request);
      Map<StageName, String> fingerprints =
          Fingerprints.of(stages, request.spec(), request.runDate());
      List<Stage> requested = requested(request);
      Optional<String> delivered = delivered(request, fingerprints);
      if (delivered.isPresent()) {
        for (Stage stage : requested) {
          StageContext context = context(request, stage, fingerprints, "look");
          committed(stage, context).ifPresent(output -> outputs.put(stage.name(), output));
          listener.skipped(stage.name(), context.fingerprint(stage.name()));
        }
        return result(ExitCode.DONE, "", outputs, delivered.get());
      }
      for (Stage stage : requested) {
        stage.preflight(context(request, stage, fingerprints, "preflight"));
      }
      StageContext last =
          context(request, requested.get(requested.size() - 1), fingerprints, AttemptIds.next());
      try (RunLock lock = RunLock.acquire(workDirectory(request));
          Lineage lineage = Lineage.begin(last, request.notices());
          LimitWatch limits = LimitWatch.begin(request.limits(), workDirectory(request))) {
        noteInStore(request);
        try {
          runJobs(request, fingerprints, new JobTeller(listener, lineage), limits, outputs);
        } catch (RuntimeException e) {
          lineage.failed(String.valueOf(e.getMessage()));
          throw e;
        }
        lineage.ended(outputs.get(last.stage()));
      }
    } catch (GraftException e) {
      return result(e.exitCode(), e.getMessage(), outputs, "");
    }
    StageOutput published = outputs.get(StageName.PUBLISH);
    String directory = published == null ? "" : text(published.summary(), "directory");
    return result(ExitCode.DONE, "", outputs, directory);
  }

  /**
   * Starts, or writes as a template, the job of the one requested stage and waits for nothing: the
   * job itself commits, and fails when a gate refuses. A stage that is done gets a job of one step
   * that does nothing.
   *
   * @throws GraftException when the stage cannot be started
   */
  public void submit(RunRequest request) {
    if (!request.limits().equals(LaunchLimits.NONE)) {
      LOG.warn("limits are not watched: this launch does not wait for its job");
    }
    SharedPlaces.check(request);
    Stage stage = requested(request).get(0);
    Map<StageName, String> fingerprints =
        Fingerprints.of(stages, request.spec(), request.runDate());
    StageContext context = context(request, stage, fingerprints, AttemptIds.next());
    boolean done =
        delivered(request, fingerprints).isPresent() || committed(stage, context).isPresent();
    if (!done) {
      stage.preflight(context);
      stage.inputs().forEach(context::input);
      Storage.delete(Storage.resolve(context.directory(), StageContext.SUCCESS));
    }
    noteInStore(request);
    new PipelineLauncher(request.profile(), request.beamArguments())
        .submit(
            new StageJob(List.of(new StageJob.Part(stage, context))).name(),
            pipeline -> {
              if (done) {
                pipeline.apply("NothingToDo", Create.of(context.fingerprint(stage.name())));
              } else {
                stage.build(pipeline, context);
              }
            });
  }

  /** What a launch of this stage would know, to look at its inputs without launching it. */
  public StageContext context(RunRequest request, StageName name) {
    Stage stage = stages.stream().filter(one -> one.name() == name).findFirst().orElseThrow();
    return context(
        request, stage, Fingerprints.of(stages, request.spec(), request.runDate()), "look");
  }

  /** The output of a stage, as long as a run would use it as it is. */
  Optional<StageOutput> committed(StageContext context) {
    return stages.stream()
        .filter(stage -> stage.name() == context.stage())
        .findFirst()
        .flatMap(stage -> committed(stage, context));
  }

  /** {@link #context} of every stage, in order. */
  public Map<StageName, StageContext> contexts(RunRequest request) {
    Map<StageName, String> fingerprints =
        Fingerprints.of(stages, request.spec(), request.runDate());
    Map<StageName, StageContext> contexts = new EnumMap<>(StageName.class);
    stages.forEach(
        stage -> contexts.put(stage.name(), context(request, stage, fingerprints, "look")));
    return contexts;
  }

  /** Where the stages of a spec keep their output. */
  public static String workDirectory(RunRequest request) {
    return Storage.resolve(request.spec().publish().to(), ".graft");
  }

  /** Runs what is not committed, job by job; puts the outputs of all stages there are. */
  private void runJobs(
      RunRequest request,
      Map<StageName, String> fingerprints,
      JobTeller teller,
      LimitWatch limits,
      Map<StageName, StageOutput> outputs) {
    List<Stage> rest = requested(request);
    boolean alone = false;
    while (!rest.isEmpty()) {
      Stage stage = rest.get(0);
      StageContext context = context(request, stage, fingerprints, "look");
      Optional<StageOutput> before = committed(stage, context);
      if (before.isPresent()) {
        teller.listener().skipped(stage.name(), context.fingerprint(stage.name()));
        outputs.put(stage.name(), before.get());
        rest = rest.subList(1, rest.size());
        continue;
      }
      if (!alone) {
        Predecessors.end(
            new PipelineLauncher(request.profile(), request.beamArguments()),
            stages.stream().map(one -> context(request, one, fingerprints, "look")).toList());
        alone = true; // what they have committed meanwhile is seen
        continue;
      }
      List<Stage> together =
          StageJob.together(
              rest,
              request.profile().oneJob(),
              later -> committed(later, context(request, later, fingerprints, "look")).isEmpty());
      limits.check();
      runJob(request, together, fingerprints, teller, limits, outputs);
      rest = rest.subList(together.size(), rest.size());
    }
  }

  private static void runJob(
      RunRequest request,
      List<Stage> together,
      Map<StageName, String> fingerprints,
      JobTeller teller,
      LimitWatch limits,
      Map<StageName, StageOutput> outputs) {
    List<StageJob.Part> parts = new ArrayList<>();
    Set<StageName> coming = EnumSet.noneOf(StageName.class);
    for (Stage stage : together) {
      StageContext context = context(request, stage, fingerprints, AttemptIds.next());
      stage.inputs().stream().filter(input -> !coming.contains(input)).forEach(context::input);
      coming.add(stage.name());
      parts.add(new StageJob.Part(stage, context));
    }
    parts.forEach(
        part -> Storage.delete(Storage.resolve(part.context().directory(), StageContext.SUCCESS)));
    PipelineLauncher launcher = new PipelineLauncher(request.profile(), request.beamArguments());
    StageLauncher.Ended ended =
        new StageLauncher(launcher, limits).launch(new StageJob(parts), teller);
    for (int part = 0; part < ended.outputs().size(); part++) {
      outputs.put(together.get(part).name(), ended.outputs().get(part));
    }
    if (ended.outcome().code() != ExitCode.DONE.code()) {
      throw new GraftException(ExitCode.of(ended.outcome().code()), ended.outcome().reason());
    }
  }

  /** Where all that is asked for is already, though stages before it may have been removed. */
  private Optional<String> delivered(RunRequest request, Map<StageName, String> fingerprints) {
    return requested(request).stream()
        .filter(stage -> stage.name() == StageName.PUBLISH)
        .findFirst()
        .flatMap(stage -> stage.delivered(context(request, stage, fingerprints, "look")));
  }

  /** So that nobody removes models that datasets of this place name. */
  private static void noteInStore(RunRequest request) {
    try {
      StoreUsers.of(request.storeDirectory()).add(workDirectory(request));
    } catch (UncheckedIOException e) {
      LOG.warn(
          "cannot note in the model store {} that {} uses it: {}; graft prune --store will not"
              + " know",
          request.storeDirectory(),
          workDirectory(request),
          e.getMessage());
    }
  }

  private static Optional<StageOutput> committed(Stage stage, StageContext context) {
    String marker = Storage.resolve(context.directory(), StageContext.SUCCESS);
    if (!Storage.exists(marker)) {
      return Optional.empty();
    }
    try {
      StageOutput output = StageOutput.read(context.directory());
      boolean same = output.fingerprint().equals(context.fingerprint(stage.name()));
      return same && OutputFiles.areWhole(output) && stage.intact(context, output)
          ? Optional.of(output)
          : Optional.empty();
    } catch (UncheckedIOException | GraftException e) {
      LOG.debug("{}: what cannot be read is not whole", context.directory(), e);
      return Optional.empty();
    }
  }

  private static String whyRun(StageContext context) {
    if (Storage.exists(Storage.resolve(context.directory(), StageContext.SUCCESS))) {
      return NOT_WHOLE;
    }
    return Storage.list(context.directory()).isEmpty()
        ? "never run for this fingerprint"
        : "begun for this fingerprint, not finished; will resume";
  }

  private List<Stage> requested(RunRequest request) {
    return stages.stream().filter(stage -> request.stages().contains(stage.name())).toList();
  }

  private static StageContext context(
      RunRequest request, Stage stage, Map<StageName, String> fingerprints, String attempt) {
    return new StageContext(
        request.spec(),
        request.runDate(),
        workDirectory(request),
        request.storeDirectory(),
        stage.name(),
        attempt,
        fingerprints,
        request.overwrite(),
        new CallLimit(request.profile().longestCall()));
  }

  private static RunResult result(
      ExitCode exitCode,
      String message,
      Map<StageName, StageOutput> outputs,
      String publishedDirectory) {
    Map<StageName, JsonNode> summaries = new EnumMap<>(StageName.class);
    outputs.forEach((stage, output) -> summaries.put(stage, output.summary()));
    StageOutput evaluated = outputs.get(StageName.EVALUATE);
    String report = text(summaries.get(StageName.EVALUATE), "report");
    return new RunResult(
        exitCode,
        message,
        summaries,
        publishedDirectory,
        report.isEmpty() ? "" : evaluated.file(report));
  }

  private static String text(JsonNode summary, String field) {
    return summary == null ? "" : summary.path(field).asText("");
  }
}
