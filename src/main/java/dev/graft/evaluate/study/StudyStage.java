package dev.graft.evaluate.study;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.Counters;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.Progress;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.evaluate.HandOutTasks;
import dev.graft.evaluate.run.EvaluateInputs;
import dev.graft.model.ModelDefinition;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.CommitStage;
import dev.graft.stage.Outcome;
import dev.graft.stage.Stage;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import dev.graft.stage.WorkerMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;

/**
 * The last stage of a study, EVALUATE in its own work folder: trains the learner of every arm,
 * size, ratio and seed as independent tasks, and writes {@code study.json} and {@code study.html}.
 * Finished tasks are kept and not repeated by a later attempt, nor by a study that asks for more.
 */
public final class StudyStage implements Stage {
  /** How the trainings of single learners begin their names in reports of progress. */
  public static final String SINGLE_TRAINING = DoStudyTask.TITLE;

  private static final int CODE_VERSION = 2;

  private final StudyScope scope;
  private final EvaluateInputs inputs;
  private final StudyPage page;

  /**
   * @param scope the study
   * @param inputs what the stages of its draws have made
   * @param page makes the page
   */
  public StudyStage(StudyScope scope, EvaluateInputs inputs, StudyPage page) {
    this.scope = scope;
    this.inputs = inputs;
    this.page = page;
  }

  @Override
  public StageName name() {
    return StageName.EVALUATE;
  }

  @Override
  public int codeVersion() {
    return CODE_VERSION;
  }

  /** None in this work folder: the tasks name the stages that they read. */
  @Override
  public List<StageName> inputs() {
    return List.of();
  }

  @Override
  public JsonNode fingerprintPart(PipelineSpec spec, String runDate) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("name", scope.spec().name());
    part.put("study", scope.study());
    part.put("learner", ModelDefinition.of(scope.spec().evaluate().utility().learner()).digest());
    part.put("tasks", scope.tasks().stream().map(StudyTask::key).sorted().toList());
    return Json.tree(part);
  }

  @Override
  public boolean intact(StageContext context, StageOutput output) {
    return output.has(StudyFigures.FILE, StudyPage.FILE);
  }

  @Override
  public void build(Pipeline pipeline, StageContext context) {
    pipeline
        .apply(
            "HandOutTasks", new HandOutTasks(scope.tasks().stream().map(Json::canonical).toList()))
        .apply(
            "TrainLearners",
            ParDo.of(new TrainFn(context, scope, inputs))
                .setResourceHints(WorkerMemory.forTensors()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
        .apply("Gather", GroupByKey.create())
        .apply("WriteStudy", ParDo.of(new WriteFn(context, scope, inputs, page)))
        .setCoder(StringUtf8Coder.of())
        .apply("Commit", CommitStage.of(context));
  }

  /** Does one task; gives its key under the one key. */
  private static final class TrainFn extends DoFn<String, KV<String, String>> {
    private static final long serialVersionUID = 1L;
    private static final Map<String, AtomicInteger> DONE = new ConcurrentHashMap<>();

    private final StageContext context;
    private final StudyScope scope;
    private final EvaluateInputs inputs;

    TrainFn(StageContext context, StudyScope scope, EvaluateInputs inputs) {
      this.context = context;
      this.scope = scope;
      this.inputs = inputs;
    }

    @ProcessElement
    public void process(@Element String element, OutputReceiver<KV<String, String>> out)
        throws IOException {
      try {
        StudyTask task = Json.read(element.getBytes(StandardCharsets.UTF_8), StudyTask.class);
        new DoStudyTask(context, scope, inputs).run(task);
        Counters.named("tasks").inc();
        int done =
            DONE.computeIfAbsent(context.attempt(), attempt -> new AtomicInteger())
                .incrementAndGet();
        Progress.report("learners", done, scope.tasks().size(), "runs", task.text());
        out.output(KV.of("", task.key()));
      } catch (GraftException e) {
        throw Outcome.failed(context, e);
      }
    }
  }

  /** Writes the stage's files from what is kept; gives its summary. */
  private static final class WriteFn extends DoFn<KV<String, Iterable<String>>, String> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;
    private final StudyScope scope;
    private final EvaluateInputs inputs;
    private final StudyPage page;

    WriteFn(StageContext context, StudyScope scope, EvaluateInputs inputs, StudyPage page) {
      this.context = context;
      this.scope = scope;
      this.inputs = inputs;
      this.page = page;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<String>> gathered, OutputReceiver<String> out) {
      try {
        Map<StudyTask, StudyTraining> results = new LinkedHashMap<>();
        for (StudyTask task : scope.tasks()) {
          Optional<StudyTraining> training = StudyTraining.find(scope.spec(), task);
          if (training.isEmpty()) {
            throw new GraftException(
                ExitCode.TRANSIENT,
                "the result of " + task.text() + " has gone; run the study again");
          }
          results.put(task, training.get());
        }
        StudyFigures figures =
            new ComposeStudy(scope.spec(), scope.study()).compose(classes(), results);
        write(StudyFigures.FILE, Json.pretty(figures));
        write(StudyPage.FILE, page.render(figures));
        Map<String, Object> summary = new TreeMap<>();
        summary.put("report", StudyPage.FILE);
        summary.put("figures", StudyFigures.FILE);
        Map<String, String> verdicts = new TreeMap<>();
        figures.sizes().forEach(size -> verdicts.put(Integer.toString(size.size()), size.words()));
        summary.put("verdicts", verdicts);
        out.output(Json.canonical(summary));
      } catch (GraftException e) {
        throw Outcome.failed(context, e);
      }
    }

    /**
     * As they were declared, where the draws' own stages are gone because nothing is left to do.
     */
    private List<String> classes() {
      StageContext point = scope.tasks().get(0).inputs(context, scope.spec(), scope.study());
      String ingest = Storage.resolve(point.directory(StageName.INGEST), StageContext.SUCCESS);
      if (Storage.exists(ingest)) {
        return inputs.schema(point).classes();
      }
      return scope.spec().source().severalLabels() ? List.of() : scope.spec().source().classes();
    }

    private void write(String name, String text) {
      Storage.writeText(Storage.resolve(context.attemptDirectory(), name), text);
    }
  }
}
