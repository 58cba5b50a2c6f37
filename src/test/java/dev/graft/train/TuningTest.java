package dev.graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.json.SealedJson;
import dev.graft.model.Checkpoints;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.StoredModel;
import dev.graft.model.TinyImages;
import dev.graft.model.TrainingPaused;
import dev.graft.model.TrainingRun;
import dev.graft.model.TuneFigure;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.TrainedModels;
import dev.graft.model.tune.SearchSpace;
import dev.graft.model.tune.TuningStory;
import dev.graft.model.tune.TuningStory.Point;
import dev.graft.model.tune.TuningStory.Trial;
import dev.graft.model.watch.WatchStory;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.TuneSpec;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import dev.graft.workflow.Registries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Settings are chosen by trials, and the generator is trained with the best of them. */
class TuningTest {
  private static final String VAE =
      """
      family: vae
      architecture:
        latent: 3
        encoder: {channels: [4, 8], hidden: 16}
        decoder: {channels: [8, 4, 4], hidden: 16}
      training: {steps: 50, batch: 16, eval-every: 20, checkpoint-every: 7, learning-rate: 1e-5}
      compute: {batch: 8}
      tune:
        training.learning-rate: {from: 0.001, to: 0.01, scale: log}
        architecture.latent: {of: [2, 3, 4]}
      """;
  private static final String CLASSIFIER =
      """
      family: classifier
      architecture: {convolutions: [{channels: 4, stride: 2}], dense: [8]}
      training: {steps: 10, batch: 16, eval-every: 10}
      compute: {batch: 8}
      """;
  private static final int TRIALS = 4;
  private static final long STEPS = 30;

  private Path directory;

  @BeforeEach
  void makeAFolder() throws IOException {
    Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
    directory = Files.createTempDirectory(target, "tuning-");
  }

  private static LabelledRows rows(StageOutput ingest, Part part) {
    assertThat(part).isNotEqualTo(Part.TEST);
    return TinyImages.rows(1, part == Part.TRAIN ? 90 : 30, part.ordinal());
  }

  private Define define(String name, String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve(name + ".yaml"), yaml);
    return new Define(file.toString(), Json.tree(DefinitionReader.read(file)));
  }

  private ModelsSpec models(String vae, int trials) throws IOException {
    Define generator = define("tiny-vae", vae);
    TuneSpec tune =
        new Registries(directory.resolve("none").toString())
            .tuning(
                Path.of(generator.file()),
                List.of(),
                new TuneSpec(trials, STEPS, 3, "", Json.tree(Map.of())));
    return new ModelsSpec(
        new Define(generator.file(), generator.definition(), null, tune),
        define("tiny-judge", CLASSIFIER),
        define("tiny-examiner", CLASSIFIER.replace("dense: [8]", "dense: [9]")));
  }

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

  private static void run(StageContext context, int parallelism) {
    TrainStage stage = new TrainStage(TuningTest::rows);
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=DirectRunner", "--targetParallelism=" + parallelism)
                .create());
    stage.preflight(context);
    stage.build(pipeline, context);
    pipeline.run().waitUntilFinish();
  }

  private static StoredModel generator(StageContext context) {
    TrainedModels models = TrainedModels.read(StageOutput.read(context.directory()));
    return ModelStore.at(context.storeDirectory())
        .load(models.generator().name(), models.generator().digest());
  }

  private static StoredModel train(StageContext context, int parallelism) {
    run(context, parallelism);
    return generator(context);
  }

  @Test
  void theBestTrialsSettingsTrainTheModelAtAnyParallelism() throws IOException {
    StageContext context = launch("one", "a", models(VAE, TRIALS));
    StoredModel one = train(context, 1);
    StoredModel two = train(launch("two", "b", models(VAE, TRIALS)), 2);
    assertThat(two.card()).isEqualTo(one.card());
    TuningStory story = one.card().tuning();
    assertThat(story.figure()).isEqualTo("tune-loss");
    assertThat(story.rungs())
        .containsExactly(new TuningStory.Rung(4, 10), new TuningStory.Rung(3, 30));
    assertThat(story.trials()).hasSize(TRIALS);
    // The definition's own learning rate is far too low, so that anything beats it.
    assertThat(story.winner()).isPositive();
    assertThat(story.lastScores().get(story.winner())).isLessThan(story.lastScores().get(0));
    assertThat(story.lastScores().values()).allMatch(score -> score >= best(story));
    Trial winner = story.trials().get(story.winner());
    assertThat(one.card().definition().architecture().get("latent"))
        .isEqualTo(winner.settings().get("architecture.latent"));
    assertThat(one.card().definition().training().get("steps").intValue()).isEqualTo(50);
    assertThat(one.weights()).isEqualTo(trainedAlone(one.card().definition()));
    assertThat(Storage.list(context.directory()))
        .noneMatch(file -> file.location().contains("/trials/") && file.name().endsWith("tensors"));
    assertThat(TrainProgress.of(context)).containsEntry("tuning", "rung 2 of 2, 3 trials done");
  }

  private static double best(TuningStory story) {
    return story.lastScores().get(story.winner());
  }

  /** Weights of an ordinary training. */
  private static byte[] trainedAlone(ModelDefinition definition) throws IOException {
    return ModelFamilies.get("vae").fit(alone(definition)).weights();
  }

  private static TrainingRun alone(ModelDefinition definition) {
    return new TrainingRun(
        "t",
        definition,
        TinyImages.schema(1),
        rows(null, Part.TRAIN),
        rows(null, Part.TUNE),
        ModelRole.GENERATOR.seed(5),
        Checkpoints.none(),
        null);
  }

  @Test
  void aPromotedTrialGoesOnAsIfItHadNotPaused() throws IOException {
    StageContext halved = launch("halved", "a", models(VAE, TRIALS));
    TuningStory four = train(halved, 1).card().tuning();
    int number = four.lastScores().lastKey();
    ModelDefinition own =
        ModelDefinition.of(((Define) halved.spec().models().generator()).definition());
    List<String> changes =
        new ArrayList<>(SearchSpace.settings(four.trials().get(number).settings()));
    changes.addAll(
        List.of(
            "training.steps=30",
            "training.eval-every=10",
            "training.watch.on-alarm=end",
            "training.watch.second-half=wait"));
    ModelDefinition definition = DefinitionReader.changed(own, "x", changes);
    List<Point> undisturbed =
        ModelFamilies.get("vae").fit(alone(definition)).history().stream()
            .map((HistoryPoint point) -> new Point(point.step(), point.values().get("tune-loss")))
            .toList();
    assertThat(four.trials().get(number).curve()).isEqualTo(undisturbed);
    assertThat(undisturbed).extracting(Point::step).containsExactly(10L, 20L, 30L);
  }

  @Test
  void anotherAttemptGoesOnFromWhatTrialsHaveReached() throws IOException {
    StoredModel whole = train(launch("whole", "a", models(VAE, TRIALS)), 1);
    StageContext first = launch("again", "a", models(VAE, TRIALS));
    Tuning tuning = Tuning.of(first, TuningTest::rows).orElseThrow();
    tuning.result(0, 0);
    tuning.result(2, 0);
    String kept = first.directory() + "/trials/0002/rung-1.json";
    byte[] before = Storage.read(kept);
    StageContext second = launch("again", "b", models(VAE, TRIALS));
    assertThat(train(second, 2).card()).isEqualTo(whole.card());
    assertThat(Storage.read(kept)).isEqualTo(before);
    // A damaged result is trained for again.
    Storage.delete(Storage.resolve(second.directory(), StageContext.SUCCESS));
    Storage.delete(Storage.resolve(second.directory(), "done/generator.json"));
    Storage.writeText(kept, "{}");
    StageContext third = launch("again", "c", models(VAE, TRIALS));
    assertThat(train(third, 1).card()).isEqualTo(whole.card());
    assertThat(Storage.read(kept)).isEqualTo(before);
  }

  @Test
  void aGeneratorThatIsThereIsNotTunedAgain() throws IOException {
    StageContext first = launch("there", "a", models(VAE, 2));
    StoredModel model = train(first, 1);
    Storage.delete(Storage.resolve(first.directory(), StageContext.SUCCESS));
    Storage.delete(first.directory() + "/trials");
    StageContext second = launch("there", "b", models(VAE, 2));
    assertThat(train(second, 1).card()).isEqualTo(model.card());
    assertThat(Storage.exists(first.directory() + "/trials/0000/rung-1.json")).isFalse();
  }

  @Test
  void trialsThatFailEndAndTheOthersGoOn() throws IOException {
    StageContext context = launch("fail", "a", models(VAE, TRIALS));
    for (int trial : List.of(0, 2)) {
      Storage.writeText(
          context.directory() + "/trials/000" + trial + "/rung-1.json",
          SealedJson.text(TrialResult.failed("collapsed at step 9")));
    }
    TuningStory story = train(context, 2).card().tuning();
    assertThat(story.rungs()).extracting(TuningStory.Rung::trials).containsExactly(4, 2);
    assertThat(story.lastScores()).containsOnlyKeys(1, 3);
    assertThat(story.trials())
        .extracting(Trial::ended)
        .containsExactly("collapsed at step 9", "", "collapsed at step 9", "");
  }

  @Test
  void nothingIsTrainedWhenEveryTrialFails() throws IOException {
    StageContext context = launch("none", "a", models(VAE, 2));
    for (int trial = 0; trial < 2; trial++) {
      Storage.writeText(
          context.directory() + "/trials/000" + trial + "/rung-1.json",
          SealedJson.text(TrialResult.failed("collapsed at step 9")));
    }
    assertThatThrownBy(() -> run(context, 1)).isNotNull();
    assertThat(Outcome.read(context).orElseThrow().reason())
        .contains("tiny-vae.yaml: no trial reached step 30");
  }

  @Test
  void aCollapsedTrialHasNoScore() {
    List<HistoryPoint> history = List.of(new HistoryPoint(10, Map.of("tune-loss", 0.5)));
    TuneFigure figure = new TuneFigure("tune-loss", true, Set.of());
    assertThat(TrialResult.of(new TrainingPaused(history, 10, null), figure).score())
        .isEqualTo(0.5);
    WatchStory collapsed =
        new WatchStory(
            WatchStory.Verdict.COLLAPSED,
            List.of(new WatchStory.Event(20, "diversity", "diversity 0.010", "ended")),
            Map.of());
    TrialResult result = TrialResult.of(new TrainingPaused(history, 10, collapsed), figure);
    assertThat(result.score()).isNull();
    assertThat(result.ended()).isEqualTo("collapsed at step 20: diversity 0.010");
    assertThat(result.curve()).containsExactly(new Point(10, 0.5));
  }

  @Test
  void theFingerprintKnowsTheTuning() throws IOException {
    TrainStage stage = new TrainStage(TuningTest::rows);
    ModelsSpec models = models(VAE, TRIALS);
    JsonNode part = stage.fingerprintPart(launch("print", "a", models).spec(), "");
    ModelsSpec fewer = models(VAE, 3);
    assertThat(stage.fingerprintPart(launch("print", "b", fewer).spec(), "")).isNotEqualTo(part);
    ModelsSpec narrower = models(VAE.replace("[2, 3, 4]", "[2, 3]"), TRIALS);
    assertThat(stage.fingerprintPart(launch("print", "c", narrower).spec(), "")).isNotEqualTo(part);
    Define plain = (Define) models.generator();
    ModelsSpec untuned =
        new ModelsSpec(
            new Define(plain.file(), plain.definition()), models.judge(), models.examiner());
    assertThat(stage.fingerprintPart(launch("print", "d", untuned).spec(), "").toString())
        .doesNotContain("tune");
  }

  @Test
  void settingsThatDoNotSuitTheDataAreRefusedBeforeAnythingRuns() throws IOException {
    String deep =
        VAE.replace(
            "architecture.latent: {of: [2, 3, 4]}",
            "architecture.encoder.channels: {of: [[4, 4, 4, 4, 4], [4, 8]]}");
    StageContext context = launch("deep", "a", models(deep, 9));
    assertThatThrownBy(() -> run(context, 1))
        .hasMessageContaining("tiny-vae.yaml with architecture.encoder.channels=[4,4,4,4,4]")
        .hasMessageContaining("has 3 entries; with 5 halvings of the encoder");
    assertThat(Outcome.read(context)).isEmpty();
  }
}
