package dev.graft.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.Counters;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.evaluate.evidence.EvidencePage;
import dev.graft.evaluate.run.DoTask;
import dev.graft.evaluate.run.EvaluateInputs;
import dev.graft.evaluate.run.Task;
import dev.graft.evaluate.run.TaskResult;
import dev.graft.evaluate.run.WriteEvidence;
import dev.graft.evaluate.utility.Arm;
import dev.graft.model.ModelDefinition;
import dev.graft.spec.EvaluateSpec;
import dev.graft.spec.EvaluateSpec.ArmSpec;
import dev.graft.spec.GateSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.CommitStage;
import dev.graft.stage.JoinableStage;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import dev.graft.stage.WorkerMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * EVALUATE: metrics, copy check and the comparison of arms, as independent tasks that are spread
 * over the workers; then {@code metrics.json} and the report. Finished arms are kept and not
 * repeated by a later attempt, nor by an evaluation with other gates or metrics. A failed gate is a
 * figure here: PUBLISH refuses.
 */
public final class EvaluateStage implements JoinableStage {
  private static final int CODE_VERSION = 11;

  private final EvaluateInputs inputs;
  private final EvidencePage page;

  /**
   * @param inputs what the stages before it have made
   * @param page makes the report
   */
  public EvaluateStage(EvaluateInputs inputs, EvidencePage page) {
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

  @Override
  public List<StageName> inputs() {
    return List.of(StageName.INGEST, StageName.TRAIN, StageName.AUGMENT);
  }

  @Override
  public JsonNode fingerprintPart(PipelineSpec spec, String runDate) {
    EvaluateSpec evaluate = spec.evaluate();
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("metrics", evaluate.metrics());
    part.put("rows", evaluate.rows());
    part.put("learner", ModelDefinition.of(evaluate.utility().learner()).digest());
    part.put("arms", evaluate.utility().arms());
    if (evaluate.utility().classical() != null) {
      part.put("classical", ModelDefinition.of(evaluate.utility().classical()).digest());
    }
    if (evaluate.utility().choose() != null) {
      part.put("choose", evaluate.utility().choose());
    }
    part.put("gates", spec.gates().stream().map(EvaluateStage::gate).toList());
    part.put("seed", spec.seed());
    part.put("name", spec.name());
    part.put("modality-options", spec.modalityOptions());
    part.put("shows-real", spec.publish().includeReal());
    return Json.tree(part);
  }

  /** A gate without the line it stands on; absent bounds are left out. */
  private static Map<String, Object> gate(GateSpec gate) {
    Map<String, Object> part = new TreeMap<>();
    part.put("metric", gate.metric());
    part.put("relative-to", gate.relativeTo());
    part.put("per-class", gate.perClass());
    part.put("default", gate.standard());
    if (!Double.isNaN(gate.min())) {
      part.put("min", gate.min());
    }
    if (!Double.isNaN(gate.max())) {
      part.put("max", gate.max());
    }
    return part;
  }

  @Override
  public void preflight(StageContext context) {
    EvaluateSpec evaluate = context.spec().evaluate();
    evaluate.metrics().forEach(Metrics::get);
    evaluate.utility().arms().stream().map(ArmSpec::name).forEach(Arm::of);
  }

  @Override
  public boolean intact(StageContext context, StageOutput output) {
    return output.has(Evaluation.FILE, EvidencePage.FILE);
  }

  @Override
  public void build(Pipeline pipeline, StageContext context) {
    measure(pipeline.apply("HandOutTasks", new HandOutTasks(tasks(context))), context);
  }

  @Override
  public PCollection<String> build(PCollection<String> start, StageContext context) {
    return measure(start.apply("DealTasks", new DealTasks(tasks(context))), context);
  }

  private static List<String> tasks(StageContext context) {
    return Task.of(context.spec().evaluate()).stream().map(Json::canonical).toList();
  }

  private PCollection<String> measure(PCollection<String> tasks, StageContext context) {
    return tasks
        .apply(
            "Measure",
            ParDo.of(new MeasureFn(context, inputs)).setResourceHints(WorkerMemory.forTensors()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
        .apply("Gather", GroupByKey.create())
        .apply("WriteEvidence", ParDo.of(new WriteFn(context, inputs, page)))
        .setCoder(StringUtf8Coder.of())
        .apply("Commit", CommitStage.of(context));
  }

  private static <T> T parse(String json, Class<T> type) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), type);
  }

  /** Does one task; gives its result under the one key. */
  private static final class MeasureFn extends DoFn<String, KV<String, String>> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;
    private final EvaluateInputs inputs;

    MeasureFn(StageContext context, EvaluateInputs inputs) {
      this.context = context;
      this.inputs = inputs;
    }

    @ProcessElement
    public void process(@Element String element, OutputReceiver<KV<String, String>> out)
        throws IOException {
      try {
        Task task = parse(element, Task.class);
        TaskResult result = new DoTask(context, inputs).run(task);
        Counters.named("tasks").inc();
        Counters.named("tasks." + task.kind().name().toLowerCase(Locale.ROOT)).inc();
        out.output(KV.of("", Json.canonical(result)));
      } catch (GraftException e) {
        throw Outcome.failed(context, e);
      }
    }
  }

  /** Writes the stage's files; gives its summary. */
  private static final class WriteFn extends DoFn<KV<String, Iterable<String>>, String> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;
    private final EvaluateInputs inputs;
    private final EvidencePage page;

    WriteFn(StageContext context, EvaluateInputs inputs, EvidencePage page) {
      this.context = context;
      this.inputs = inputs;
      this.page = page;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<String>> gathered, OutputReceiver<String> out) {
      try {
        List<TaskResult> results = new ArrayList<>();
        for (String result : gathered.getValue()) {
          results.add(parse(result, TaskResult.class));
        }
        out.output(Json.canonical(new WriteEvidence(context, inputs, page).write(results)));
      } catch (GraftException e) {
        throw Outcome.failed(context, e);
      }
    }
  }
}
