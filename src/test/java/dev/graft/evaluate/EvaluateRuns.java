package dev.graft.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.generate.AugmentStage;
import dev.graft.report.HtmlReport;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.EvaluateSpec;
import dev.graft.spec.EvaluateSpec.ArmSpec;
import dev.graft.spec.GateSpec;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.PublishSpec;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SplitSpec;
import dev.graft.stage.Stage;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Launches of AUGMENT and EVALUATE in the {@link TinyWorld}. */
final class EvaluateRuns {
  static final List<String> DIRECT = List.of("--runner=DirectRunner", "--targetParallelism=2");
  static final List<String> FLINK =
      List.of("--runner=FlinkRunner", "--flinkMaster=[local]", "--parallelism=2");

  final TinyWorld world;
  private final Path work;
  boolean includeReal = true;
  double leastAgreement = 0.5;
  boolean refusesCopies;
  boolean softLabels;
  List<SelectRule> rules;
  List<String> metrics = List.of("frechet-distance", "precision", "coverage");
  long seed = 11;
  boolean hasTest = true;
  List<ArmSpec> arms =
      List.of(
          new ArmSpec("real", 2),
          new ArmSpec("classical", 2),
          new ArmSpec("both", 2),
          new ArmSpec("synthetic", 1));
  EvaluateSpec.Choose choose;
  List<GateSpec> gates = List.of();

  EvaluateRuns(TinyWorld world, Path work) {
    this.world = world;
    this.work = work;
  }

  PipelineSpec spec() {
    JsonNode nothing = JsonNodeFactory.instance.objectNode();
    ModelsSpec.ModelRef model = new ModelsSpec.Define("models/any.yaml", nothing);
    return new PipelineSpec(
        "tiny <world>",
        "image",
        seed,
        new SourceSpec(
            "idx", Map.of(), Map.of(), List.of(), false, 0, SourceSpec.RecordLimits.DEFAULT),
        JsonNodeFactory.instance.objectNode().put("size", TinyWorld.SIDE),
        new SplitSpec(0.15, 0.15, ""),
        new ModelsSpec(model, model, model),
        new AugmentSpec(
            new AugmentSpec.SyntheticPerClass(60),
            Map.of(),
            2,
            4,
            1,
            false,
            null,
            null,
            Map.of(),
            0,
            softLabels),
        rules == null ? rules() : rules,
        new EvaluateSpec(
            metrics,
            100,
            new EvaluateSpec.Utility("models/tiny.yaml", TinyWorld.learner(), arms, choose, null)),
        gates,
        new PublishSpec("/nowhere", includeReal, List.of(), 1000, "", false));
  }

  private List<SelectRule> rules() {
    List<SelectRule> rules = new ArrayList<>();
    rules.add(new SelectRule("label-agreement", Kind.MIN, new SelectRule.Fixed(leastAgreement), 1));
    rules.add(new SelectRule("realism", Kind.MIN, new SelectRule.TunePercentile(5), 2));
    if (refusesCopies) {
      rules.add(new SelectRule("novelty", Kind.MIN, new SelectRule.Fixed(0.2), 3));
    }
    return rules;
  }

  StageContext context(StageName stage, String attempt) {
    Map<StageName, String> fingerprints = new EnumMap<>(StageName.class);
    fingerprints.put(StageName.INGEST, "1".repeat(64));
    fingerprints.put(StageName.TRAIN, "2".repeat(64));
    String augment =
        Json.digest(
            List.of(new AugmentStage(world).fingerprintPart(spec(), ""), world.generator()));
    fingerprints.put(StageName.AUGMENT, augment);
    fingerprints.put(
        StageName.EVALUATE,
        Json.digest(List.of(augment, evaluateStage().fingerprintPart(spec(), ""))));
    return new StageContext(
        spec(),
        "",
        work.toString(),
        work.resolve("store").toString(),
        stage,
        attempt,
        fingerprints,
        false);
  }

  EvaluateStage evaluateStage() {
    return new EvaluateStage(hasTest ? world : new WorldWithoutTest(world), new HtmlReport());
  }

  EvaluateRuns augment() {
    StageContext context = context(StageName.AUGMENT, "a");
    if (!Storage.exists(Storage.resolve(context.directory(), StageContext.SUCCESS))) {
      launch(new AugmentStage(world), context, DIRECT);
    }
    return this;
  }

  /** Runs EVALUATE; gives its context. */
  StageContext evaluate(String attempt, List<String> options) {
    StageContext context = context(StageName.EVALUATE, attempt);
    launch(evaluateStage(), context, options);
    return context;
  }

  Evaluation evaluation(StageContext context) {
    return Evaluation.read(context.input(StageName.EVALUATE));
  }

  static String file(StageContext context, String name) {
    return Storage.readText(Storage.resolve(context.attemptDirectory(), name));
  }

  private static void launch(Stage stage, StageContext context, List<String> options) {
    String runner = options.get(0).substring("--runner=".length());
    new PipelineLauncher(RunnerProfile.bare(runner), options)
        .run(
            context.stage().key() + "-" + context.attempt(),
            pipeline -> stage.build(pipeline, context));
  }
}
