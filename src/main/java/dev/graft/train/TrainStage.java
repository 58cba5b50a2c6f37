package dev.graft.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.ingest.CanonicalDataset;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelDefinition.Compute;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.TrainedModels;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.ModelsSpec.Load;
import dev.graft.spec.ModelsSpec.ModelRef;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.RetrainPolicy;
import dev.graft.spec.TuneSpec;
import dev.graft.stage.CommitStage;
import dev.graft.stage.Outcome;
import dev.graft.stage.SpreadEvenly;
import dev.graft.stage.Stage;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import dev.graft.stage.WorkerMemory;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * TRAIN: fits or loads the generator, the judge and the examiner, on real rows only.
 *
 * <p>Lanes run beside each other, on as many workers where there are so many, each a chain of its
 * own: the generator; the judge and then the examiner. Each member of an ensemble has a lane, and a
 * step after them puts the ensemble together. The lane of a generator that is tuned begins when its
 * trials are done. A worker reads the canonical rows from their shards; models go to the store as
 * files, and only their names and digests travel through the graph.
 */
public final class TrainStage implements Stage {
  static final int CODE_VERSION = 7;

  /** Of a generator that is one model. */
  static final int GENERATOR_LANE = 0;

  private final RealRows rows;

  /**
   * @param rows reads the output of INGEST
   */
  public TrainStage(RealRows rows) {
    this.rows = rows;
  }

  @Override
  public StageName name() {
    return StageName.TRAIN;
  }

  @Override
  public int codeVersion() {
    return CODE_VERSION;
  }

  @Override
  public List<StageName> inputs() {
    return List.of(StageName.INGEST);
  }

  @Override
  public JsonNode fingerprintPart(PipelineSpec spec, String runDate) {
    ObjectNode part = recipe(spec);
    RetrainPolicy retrain = spec.models().retrain();
    if (retrain.when() != RetrainPolicy.When.CHANGED) {
      part.set("retrain", Json.tree(retrain));
    }
    return part;
  }

  /** What decides a training, but for the data. */
  private static ObjectNode recipe(PipelineSpec spec) {
    ObjectNode part = Json.mapper().createObjectNode();
    for (ModelRole role : ModelRole.values()) {
      part.set(role.key(), identity(role.ref(spec.models())));
    }
    part.put("modality", spec.modality());
    part.set("modality-options", spec.modalityOptions());
    part.put("seed", spec.seed());
    return part;
  }

  /** Key of {@link TrainingRecord}. */
  private static String recipeKey(PipelineSpec spec) {
    return Json.digest(recipe(spec).put("code-version", CODE_VERSION));
  }

  static RetrainDecision decide(StageContext context) {
    return RetrainDecision.of(context, recipeKey(context.spec()), data(context));
  }

  private static CanonicalDataset data(StageContext context) {
    return CanonicalDataset.of(context.input(StageName.INGEST));
  }

  private static JsonNode identity(ModelRef ref) {
    ObjectNode identity = Json.mapper().createObjectNode();
    if (ref instanceof Load load) {
      return identity.put("load", load.digest());
    }
    ModelDefinition definition = ModelDefinition.of(((Define) ref).definition());
    identity.put("name", definition.name()).put("define", definition.digest());
    Load base = ((Define) ref).base();
    if (base != null) {
      identity.put("base", base.digest());
    }
    TuneSpec tune = ((Define) ref).tune();
    return tune == null ? identity : identity.put("tune", Json.digest(tune));
  }

  @Override
  public void preflight(StageContext context) {
    Compute first = null;
    for (ModelRole role : ModelRole.values()) {
      Compute compute = new RoleTraining(context, role, rows).preflight().compute();
      if (first != null && !first.agreesWith(compute)) {
        throw GraftException.usage(
            "%s: %s, but the generator has %s; one process runs all models of a run, so they must"
                + " agree",
            role.key(), compute, first);
      }
      first = first == null ? compute : first;
    }
    MemberTraining.of(context, rows).forEach(MemberTraining::preflight);
  }

  @Override
  public boolean intact(StageContext context, StageOutput output) {
    if (!output.has(TrainedModels.FILE)) {
      return false;
    }
    ModelStore store = ModelStore.at(context.storeDirectory());
    TrainedModels models = TrainedModels.read(output);
    return Stream.of(models.generator(), models.judge(), models.examiner())
        .allMatch(model -> store.isWhole(model.name(), model.digest()));
  }

  @Override
  public void build(Pipeline pipeline, StageContext context) {
    int members = MemberTraining.of(context, rows).size();
    PCollectionList<KV<String, String>> lanes = PCollectionList.empty(pipeline);
    for (int member = 0; member < members; member++) {
      lanes = lanes.and(lane(pipeline, "Member" + (member + 1), context, member));
    }
    if (members == 0) {
      lanes =
          lanes.and(
              Tuning.of(context, rows).isPresent()
                  ? lane(
                      "Generator",
                      context,
                      pipeline.apply("Tune", new TuneGenerator(context, rows)))
                  : lane(pipeline, "Generator", context, GENERATOR_LANE));
    }
    PCollection<KV<String, Iterable<String>>> results =
        lanes
            .and(lane(pipeline, "JudgeThenExaminer", context, Math.max(1, members)))
            .apply("Gather", Flatten.pCollections())
            .apply("Together", GroupByKey.create());
    if (members > 0) {
      results =
          results
              .apply(
                  "Assemble",
                  ParDo.of(new AssembleFn(context, rows))
                      .setResourceHints(WorkerMemory.forTensors()))
              .setCoder(KvCoder.of(StringUtf8Coder.of(), IterableCoder.of(StringUtf8Coder.of())));
    }
    results
        .apply("WriteModels", ParDo.of(new WriteModelsFn(context)))
        .setCoder(StringUtf8Coder.of())
        .apply("Commit", CommitStage.of(context));
  }

  private PCollection<KV<String, String>> lane(
      Pipeline pipeline, String step, StageContext context, int lane) {
    return lane(
        step, context, pipeline.apply("Start" + step, Create.of(lane).withCoder(VarIntCoder.of())));
  }

  private PCollection<KV<String, String>> lane(
      String step, StageContext context, PCollection<Integer> lane) {
    return lane.apply("Place" + step, SpreadEvenly.by(number -> number))
        .apply(
            "Train" + step,
            ParDo.of(new TrainFn(context, rows)).setResourceHints(WorkerMemory.forTensors()))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()));
  }

  private static String result(String key, TrainedModels.Entry entry) {
    return Json.canonical(Json.mapper().createObjectNode().set(key, Json.tree(entry)));
  }

  /** All results of lanes as one mapping. */
  static ObjectNode together(Iterable<String> results) throws IOException {
    ObjectNode models = Json.mapper().createObjectNode();
    for (String result : results) {
      models.setAll((ObjectNode) Json.mapper().readTree(result));
    }
    return models;
  }

  /** Trains the models of a lane, one after the other; gives key and entry, under one key. */
  private static final class TrainFn extends DoFn<Integer, KV<String, String>> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;
    private final RealRows rows;

    TrainFn(StageContext context, RealRows rows) {
      this.context = context;
      this.rows = rows;
    }

    @ProcessElement
    public void process(@Element Integer lane, OutputReceiver<KV<String, String>> out)
        throws IOException {
      try {
        RetrainDecision decision = decide(context);
        List<MemberTraining> members = MemberTraining.of(context, rows);
        if (lane < members.size()) {
          if (new EnsembleAssembly(context, rows).find(decision).isEmpty()) {
            MemberTraining member = members.get(lane);
            out.output(KV.of("", result(member.key(), member.run())));
          }
          return;
        }
        List<ModelRole> roles =
            lane == GENERATOR_LANE
                ? List.of(ModelRole.GENERATOR)
                : List.of(ModelRole.JUDGE, ModelRole.EXAMINER);
        for (ModelRole role : roles) {
          out.output(
              KV.of("", result(role.key(), new RoleTraining(context, role, rows).run(decision))));
        }
      } catch (GraftException e) {
        throw Outcome.failed(context, e);
      }
    }
  }

  /**
   * Writes {@code models.json} and, on a date that has trained, the record for later dates; gives
   * the stage's summary: the models, and what was decided where there is a rule.
   */
  private static final class WriteModelsFn extends DoFn<KV<String, Iterable<String>>, String> {
    private static final long serialVersionUID = 1L;

    private final StageContext context;

    WriteModelsFn(StageContext context) {
      this.context = context;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<String>> results, OutputReceiver<String> out)
        throws IOException {
      ObjectNode models = together(results.getValue());
      Storage.writeText(
          Storage.resolve(context.attemptDirectory(), TrainedModels.FILE), Json.pretty(models));
      RetrainDecision decision = decide(context);
      if (decision.kept() == null && !context.runDate().isEmpty()) {
        TrainedModels trained = Json.mapper().treeToValue(models, TrainedModels.class);
        new TrainingRecord(
                context.runDate(), data(context).schema(), data(context).statistics(), trained)
            .write(context, recipeKey(context.spec()));
      }
      if (context.spec().models().retrain().when() != RetrainPolicy.When.CHANGED) {
        models.set("retrain", Json.tree(decision.summary()));
      }
      out.output(Json.canonical(models));
    }
  }
}
