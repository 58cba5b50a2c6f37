package dev.graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FineTuning;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.RecordedCheckpoints;
import dev.graft.model.TinyImages;
import dev.graft.model.TrainingRun;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.TrainedModels;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.ModelsSpec.Load;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainStageTest {
  private static final String VAE =
      """
      family: vae
      architecture:
        latent: 3
        encoder: {channels: [4, 8], hidden: 16}
        decoder: {channels: [8, 4, 4], hidden: 16}
      training: {steps: 50, batch: 16, eval-every: 20, checkpoint-every: 20}
      compute: {batch: 8}
      """;
  private static final String CLASSIFIER =
      """
      family: classifier
      architecture: {convolutions: [{channels: 4, stride: 2}], dense: [8]}
      training: {steps: 40, batch: 16, eval-every: 20, augment: true}
      compute: {batch: 8}
      """;
  private static final String DIRECT = "--runner=DirectRunner";
  private static final String FLINK = "--runner=FlinkRunner";

  /** Left to {@code mvn clean}: a lane may still write when the other has ended the job. */
  private Path directory;

  private final TrainStage stage = new TrainStage(TrainStageTest::rows);

  @BeforeEach
  void makeAFolder() throws IOException {
    Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
    directory = Files.createTempDirectory(target, "train-stage-");
  }

  private static LabelledRows rows(StageOutput ingest, Part part) {
    return TinyImages.rows(1, part == Part.TRAIN ? 90 : 30, part.ordinal());
  }

  private Define define(String name, String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve(name + ".yaml"), yaml);
    return new Define(file.toString(), Json.tree(DefinitionReader.read(file)));
  }

  private ModelsSpec models() throws IOException {
    return new ModelsSpec(
        define("tiny-vae", VAE),
        define("tiny-judge", CLASSIFIER),
        define("tiny-examiner", CLASSIFIER.replace("dense: [8]", "dense: [9]")));
  }

  /** A launch of TRAIN in {@code work}, after an INGEST. */
  private StageContext launch(String work, String attempt, ModelsSpec models) {
    JsonNode options = Json.tree(Map.of("size", TinyImages.SIZE, "channels", "grey"));
    PipelineSpec spec =
        new PipelineSpec(
            "tiny", "image", 5, null, options, null, models, null, List.of(), null, List.of(),
            null);
    String root = directory.resolve(work).toString();
    StageContext context =
        new StageContext(
            spec,
            "",
            root,
            Storage.resolve(root, "store"),
            StageName.TRAIN,
            attempt,
            Map.of(StageName.INGEST, "1".repeat(64), StageName.TRAIN, "2".repeat(64)),
            false);
    String ingest = context.directory(StageName.INGEST);
    Storage.writeText(
        Storage.resolve(ingest, "attempt-i/schema.json"), Json.pretty(TinyImages.schema(1)));
    new StageOutput("ingest", "1".repeat(64), "i", Json.tree(Map.of()), "").commit(ingest);
    return context;
  }

  private TrainedModels run(StageContext context, String... arguments) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(arguments).create());
    stage.build(pipeline, context);
    pipeline.run().waitUntilFinish();
    StageOutput output = StageOutput.read(context.directory());
    assertThat(stage.intact(context, output)).isTrue();
    return TrainedModels.read(output);
  }

  @Test
  void directAndFlinkTrainTheSameModels() throws IOException {
    TrainedModels direct = run(launch("direct", "a", models()), DIRECT);
    TrainedModels flink =
        run(launch("flink", "b", models()), FLINK, "--flinkMaster=[local]", "--parallelism=2");
    assertThat(flink).isEqualTo(direct);
    assertThat(direct.generator().name()).isEqualTo("tiny-vae");
    assertThat(direct.generator().number()).isEqualTo(1);
    assertThat(direct.generator().loaded()).isFalse();
    assertThat(direct.judge().figures()).containsKey("tune-accuracy");
    assertThat(direct.judge().digest()).isNotEqualTo(direct.examiner().digest());
  }

  @Test
  void aKilledTrainingGoesOnFromItsCheckpoint() throws IOException {
    StageContext context = launch("killed", "a", models());
    ModelDefinition definition =
        ModelDefinition.of(((Define) context.spec().models().generator()).definition());
    RecordedCheckpoints recorded = RecordedCheckpoints.fresh();
    byte[] expected =
        ModelFamilies.get("vae")
            .fit(
                new TrainingRun(
                    "t",
                    definition,
                    TinyImages.schema(1),
                    rows(null, Part.TRAIN),
                    rows(null, Part.TUNE),
                    ModelRole.GENERATOR.seed(5),
                    recorded,
                    null))
            .weights();
    String folder = Storage.resolve(context.directory(), "checkpoints/generator");
    Checkpoints.Checkpoint last = recorded.saved().get(1);
    new FileCheckpoints(folder).save(last);
    TrainedModels models = run(context, DIRECT);
    assertThat(ModelStore.at(context.storeDirectory()).load(models.generator().digest()).weights())
        .isEqualTo(expected);
    assertThat(Storage.list(folder)).isEmpty();
  }

  @Test
  void aCheckpointDecidesWhatFollows() throws IOException {
    // Were checkpoints ignored, the test above could not fail.
    TrainedModels untouched = run(launch("untouched", "a", models()), DIRECT);
    StageContext context = launch("other", "a", models());
    RecordedCheckpoints recorded = RecordedCheckpoints.fresh();
    ModelFamilies.get("vae")
        .fit(
            new TrainingRun(
                "t",
                ModelDefinition.of(((Define) context.spec().models().generator()).definition()),
                TinyImages.schema(1),
                rows(null, Part.TRAIN),
                rows(null, Part.TUNE),
                CounterRandom.of(99).bits(0),
                recorded,
                null));
    new FileCheckpoints(Storage.resolve(context.directory(), "checkpoints/generator"))
        .save(recorded.saved().get(1));
    assertThat(run(context, DIRECT).generator().digest())
        .isNotEqualTo(untouched.generator().digest());
  }

  @Test
  void finishedModelsAreNotTrainedAgain() throws IOException {
    TrainedModels first = run(launch("again", "a", models()), DIRECT);
    StageContext second = launch("again", "b", models());
    Storage.delete(Storage.resolve(second.directory(), StageContext.SUCCESS));
    TrainStage blind =
        new TrainStage(
            (ingest, part) -> {
              throw new AssertionError("rows were read");
            });
    Pipeline pipeline = Pipeline.create();
    blind.build(pipeline, second);
    pipeline.run().waitUntilFinish();
    assertThat(
            Json.read(
                Storage.read(Storage.resolve(second.attemptDirectory(), "models.json")),
                TrainedModels.class))
        .isEqualTo(first);
  }

  @Test
  void loadsAModelFromTheStore() throws IOException {
    TrainedModels first = run(launch("load", "a", models()), DIRECT);
    TrainedModels.Entry trained = first.generator();
    ModelsSpec models = models();
    StageContext context =
        launch(
            "load",
            "b",
            new ModelsSpec(
                new Load(trained.name(), "1", trained.digest()),
                models.judge(),
                models.examiner()));
    Storage.delete(Storage.resolve(context.directory(), StageContext.SUCCESS));
    stage.preflight(context);
    TrainedModels.Entry loaded = run(context, DIRECT).generator();
    assertThat(loaded.digest()).isEqualTo(trained.digest());
    assertThat(loaded.loaded()).isTrue();
  }

  @Test
  void trainsAModelOfTheStoreFurther() throws IOException {
    TrainedModels first = run(launch("further", "a", models()), DIRECT);
    TrainedModels.Entry trained = first.generator();
    ModelsSpec models = models();
    ModelDefinition definition = ModelDefinition.of(((Define) models.generator()).definition());
    JsonNode further =
        Json.tree(
            FineTuning.definition(
                definition, "tiny-vae@1", List.of("steps=1", "learning-rate=1e-6")));
    Load base = new Load(trained.name(), "1", trained.digest());
    ModelsSpec anew =
        new ModelsSpec(new Define("tiny-vae@1", further), models.judge(), models.examiner());
    ModelsSpec tuned =
        new ModelsSpec(new Define("tiny-vae@1", further, base), models.judge(), models.examiner());
    assertThat(Json.canonical(stage.fingerprintPart(launch("further", "b", tuned).spec(), "")))
        .isNotEqualTo(
            Json.canonical(stage.fingerprintPart(launch("further", "b", anew).spec(), "")));
    StageContext context = launch("further", "c", tuned);
    Storage.delete(Storage.resolve(context.directory(), StageContext.SUCCESS));
    Storage.delete(Storage.resolve(context.directory(), "done/generator.json"));
    stage.preflight(context);
    TrainedModels.Entry result = run(context, DIRECT).generator();
    assertThat(result.loaded()).isFalse();
    assertThat(result.number()).isEqualTo(2);
    assertThat(result.figures().get("tune-loss"))
        .isCloseTo(trained.figures().get("tune-loss"), within(0.01));
  }

  @Test
  void refusesAModelOfAnotherShape() throws IOException {
    TrainedModels.Entry trained = run(launch("shape", "a", models()), DIRECT).generator();
    ModelsSpec models = models();
    StageContext context =
        launch(
            "shape",
            "b",
            new ModelsSpec(
                new Load(trained.name(), "1", trained.digest()),
                models.judge(),
                models.examiner()));
    Storage.delete(Storage.resolve(context.directory(), StageContext.SUCCESS));
    Storage.writeText(
        Storage.resolve(context.directory(StageName.INGEST), "attempt-i/schema.json"),
        Json.pretty(TinyImages.schema(3)));
    assertThatThrownBy(() -> run(context, DIRECT)).isNotNull();
    Outcome outcome = Outcome.read(context).orElseThrow();
    assertThat(outcome.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.reason()).contains("shape [1, 8, 8] in place of [3, 8, 8]");
  }

  @Test
  void nothingIsTrainedWhenOneModelDoesNotSuitTheData() throws IOException {
    StageContext context = launch("odd", "a", models());
    DatasetSchema odd = new DatasetSchema("image", List.of(1, 6, 6), List.of("a", "b"));
    Storage.writeText(
        Storage.resolve(context.directory(StageName.INGEST), "attempt-i/schema.json"),
        Json.pretty(odd));
    TrainStage blind =
        new TrainStage(
            (ingest, part) -> {
              throw new AssertionError("rows were read");
            });
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(DIRECT).create());
    blind.build(pipeline, context);
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish()).isNotNull();
    Outcome outcome = Outcome.read(context).orElseThrow();
    assertThat(outcome.code()).isEqualTo(ExitCode.USAGE.code());
    assertThat(outcome.reason())
        .contains("tiny-vae.yaml: images of 6 x 6 do not suit an encoder with 2 halvings");
  }

  @Test
  void refusesModelsThatOneProcessCannotRun() throws IOException {
    ModelsSpec models = models();
    Define other =
        define("two-threads", CLASSIFIER.replace("{batch: 8}", "{batch: 8, threads: 2}"));
    StageContext context =
        launch("threads", "a", new ModelsSpec(models.generator(), models.judge(), other));
    assertThatThrownBy(() -> stage.preflight(context))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("examiner: compute.threads 2")
        .hasMessageContaining("but the generator has compute.threads 1");
  }

  @Test
  void refusesAClassifierAsGenerator() throws IOException {
    ModelsSpec models = models();
    StageContext context =
        launch("role", "a", new ModelsSpec(models.judge(), models.judge(), models.examiner()));
    assertThatThrownBy(() -> stage.preflight(context))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("a generator needs a model that draws samples");
  }

  @Test
  void theFingerprintKnowsWhatChangesTheResult() throws IOException {
    ModelsSpec models = models();
    PipelineSpec spec = launch("print", "a", models).spec();
    JsonNode part = stage.fingerprintPart(spec, "");
    ObjectNode longer = ((Define) models.generator()).definition().deepCopy();
    ((ObjectNode) longer.get("training")).put("steps", 51);
    ModelsSpec changed = new ModelsSpec(new Define("x", longer), models.judge(), models.examiner());
    assertThat(stage.fingerprintPart(launch("print", "b", changed).spec(), "")).isNotEqualTo(part);
    assertThat(stage.fingerprintPart(spec, "2026-01-01")).isEqualTo(part);
  }
}
