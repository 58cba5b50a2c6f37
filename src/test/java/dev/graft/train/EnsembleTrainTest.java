package dev.graft.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.model.Checkpoints;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.RecordedCheckpoints;
import dev.graft.model.StoredModel;
import dev.graft.model.TinyImages;
import dev.graft.model.TrainingRun;
import dev.graft.model.ensemble.EnsembleArchitecture;
import dev.graft.model.ensemble.EnsembleFamily;
import dev.graft.model.ensemble.Mixture;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.TrainedModels;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.PipelineSpec;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import dev.graft.workflow.Registries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TRAIN of an ensemble: a lane for each member, then the whole. */
class EnsembleTrainTest {
  private static final String VAE =
      """
      family: vae
      architecture:
        latent: 2
        encoder: {channels: [4, 8], hidden: 8}
        decoder: {channels: [8, 4, 4], hidden: 8}
      training: {steps: 30, batch: 16, eval-every: 10, checkpoint-every: 10}
      compute: {batch: 8}
      """;
  private static final String CLASSIFIER =
      """
      family: classifier
      architecture: {convolutions: [{channels: 4, stride: 2}], dense: [8]}
      training: {steps: 20, batch: 16, eval-every: 20}
      compute: {batch: 8}
      """;
  private static final String CLASSICAL =
      """
      family: classical
      architecture: {operations: [{op: noise, amount: 0.1}]}
      compute: {batch: 8}
      """;
  private static final String TWO =
      "[{define: a.yaml, set: {training.steps: 20}}, {define: a.yaml, share: 0.6}]";
  private static final String[] DIRECT = {"--runner=DirectRunner"};
  private static final AtomicInteger TRAININGS = new AtomicInteger();

  private Path directory;
  private String store;
  private final TrainStage stage = new TrainStage(EnsembleTrainTest::rows);

  @BeforeEach
  void makeAFolder() throws IOException {
    Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
    directory = Files.createTempDirectory(target, "ensemble-train-");
    store = directory.resolve("store").toString();
    Files.writeString(directory.resolve("a.yaml"), VAE);
    Files.writeString(directory.resolve("b.yaml"), CLASSICAL);
    TRAININGS.set(0);
  }

  private static LabelledRows rows(StageOutput ingest, Part part) {
    TRAININGS.addAndGet(part == Part.TRAIN ? 1 : 0);
    return TinyImages.rows(1, part == Part.TRAIN ? 90 : 30, part.ordinal());
  }

  private Define define(String name, String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve(name + ".yaml"), yaml);
    return new Define(file.toString(), new Registries(store).definition(file, List.of()));
  }

  private Define ensemble(String weights, String members) throws IOException {
    return define(
        "tiny-ensemble",
        "family: ensemble\narchitecture:\n"
            + (weights.isEmpty() ? "" : "  weights: " + weights + "\n")
            + "  members: "
            + members
            + "\ncompute: {batch: 8}\n");
  }

  /** A launch of TRAIN in {@code work}, after an INGEST. */
  private StageContext launch(String work, Define generator) throws IOException {
    ModelsSpec models =
        new ModelsSpec(
            generator,
            define("tiny-judge", CLASSIFIER),
            define("tiny-examiner", CLASSIFIER.replace("dense: [8]", "dense: [9]")));
    JsonNode options = Json.tree(Map.of("size", TinyImages.SIZE, "channels", "grey"));
    PipelineSpec spec =
        new PipelineSpec(
            "tiny", "image", 5, null, options, null, models, null, List.of(), null, List.of(),
            null);
    StageContext context =
        new StageContext(
            spec,
            "",
            directory.resolve(work).toString(),
            store,
            StageName.TRAIN,
            "a",
            Map.of(
                StageName.INGEST,
                "1".repeat(64),
                StageName.TRAIN,
                Json.digest(stage.fingerprintPart(spec, ""))),
            false);
    String ingest = context.directory(StageName.INGEST);
    Storage.writeText(
        Storage.resolve(ingest, "attempt-i/schema.json"), Json.pretty(TinyImages.schema(1)));
    new StageOutput("ingest", "1".repeat(64), "i", Json.tree(Map.of()), "").commit(ingest);
    return context;
  }

  private TrainedModels run(StageContext context, String... arguments) {
    stage.preflight(context);
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(arguments).create());
    stage.build(pipeline, context);
    pipeline.run().waitUntilFinish();
    StageOutput output = StageOutput.read(context.directory());
    assertThat(stage.intact(context, output)).isTrue();
    return TrainedModels.read(output);
  }

  private StoredModel generator(TrainedModels models) {
    return ModelStore.at(store).load(models.generator().digest());
  }

  @Test
  void membersTrainedInLanesAreThoseTrainedInTurn() throws IOException {
    Define ensemble = ensemble("given", TWO);
    TrainedModels models = run(launch("given", ensemble), DIRECT);
    byte[] inTurn =
        new EnsembleFamily()
            .fit(
                new TrainingRun(
                    "t",
                    ModelDefinition.of(ensemble.definition()),
                    TinyImages.schema(1),
                    rows(null, Part.TRAIN),
                    rows(null, Part.TUNE),
                    ModelRole.GENERATOR.seed(5),
                    Checkpoints.none(),
                    null))
            .weights();
    assertThat(generator(models).weights()).isEqualTo(inTurn);
    assertThat(models.generator().family()).isEqualTo("ensemble");
    assertThat(ModelStore.at(store).versions("a")).hasSize(2);
  }

  @Test
  void theSameEnsembleOnAnyRunnerAtAnyParallelism() throws IOException {
    Define ensemble = ensemble("", TWO);
    TrainedModels direct = run(launch("direct", ensemble), DIRECT);
    for (String parallelism : new String[] {"1", "2"}) {
      TrainedModels flink =
          run(
              launch("flink-" + parallelism, ensemble),
              "--runner=FlinkRunner",
              "--flinkMaster=[local]",
              "--parallelism=" + parallelism);
      assertThat(flink).isEqualTo(direct);
    }
    assertThat(TRAININGS).hasValue(3 * 4);
    Mixture mixture = Mixture.of(generator(direct)).orElseThrow();
    assertThat(mixture.members()).containsExactly("a (member 1)", "a (member 2)");
    assertThat(mixture.share(0)).isBetween(0.0999, 0.9001);
    assertThat(direct.generator().figures())
        .containsKeys("fitted-coverage", "member-1.fitted-coverage", "member-2.tune-loss");
    assertThat(direct.generator().figures().get("fitted-coverage"))
        .isGreaterThanOrEqualTo(direct.generator().figures().get("member-1.fitted-coverage"));
  }

  @Test
  void aLaneThatIsDoneAgainLeavesTheOthersAlone() throws IOException {
    StageContext context = launch("again", ensemble("", TWO));
    TrainedModels first = run(context, DIRECT);
    assertThat(TRAININGS).hasValue(4);
    assertThat(TrainProgress.of(context))
        .containsEntry("member-1", "trained")
        .containsEntry("member-2", "trained");
    String success = Storage.resolve(context.directory(), StageContext.SUCCESS);
    Storage.delete(success);
    assertThat(run(context, DIRECT)).isEqualTo(first);
    assertThat(TRAININGS).hasValue(4);
    Storage.delete(success);
    Storage.delete(Storage.resolve(context.directory(), "done/generator.json"));
    Storage.delete(Storage.resolve(MemberTraining.folders(context).get(1), "done.json"));
    assertThat(TrainProgress.of(context)).doesNotContainKey("member-2");
    assertThat(run(context, DIRECT)).isEqualTo(first);
    assertThat(TRAININGS).hasValue(5);
  }

  @Test
  void aMemberGoesOnFromItsCheckpoint() throws IOException {
    Define ensemble = ensemble("given", TWO);
    EnsembleArchitecture.Member second =
        EnsembleArchitecture.find(ModelDefinition.of(ensemble.definition()))
            .orElseThrow()
            .members()
            .get(1);
    long seed = ModelRole.GENERATOR.seed(5);
    RecordedCheckpoints other = RecordedCheckpoints.fresh();
    fit(second, seed + 1, other);
    Checkpoints.Checkpoint left = other.saved().get(1);
    byte[] rest = fit(second, seed, RecordedCheckpoints.from(left));
    assertThat(rest).isNotEqualTo(fit(second, seed, Checkpoints.none()));
    StageContext context = launch("killed", ensemble);
    String folder = Storage.resolve(MemberTraining.folders(context).get(1), "checkpoints");
    new FileCheckpoints(folder).save(left);
    assertThat(TrainProgress.of(context)).containsEntry("member-2", "step 20");
    run(context, DIRECT);
    assertThat(ModelStore.at(store).versions("a"))
        .anyMatch(
            version -> Arrays.equals(ModelStore.at(store).load(version.digest()).weights(), rest));
    assertThat(Storage.list(folder)).isEmpty();
  }

  private static byte[] fit(EnsembleArchitecture.Member member, long seed, Checkpoints checkpoints)
      throws IOException {
    return ModelFamilies.get("vae")
        .fit(
            new TrainingRun(
                "t",
                member.model(),
                TinyImages.schema(1),
                member.rows(rows(null, Part.TRAIN), ModelRole.GENERATOR.seed(5)),
                rows(null, Part.TUNE),
                seed,
                checkpoints,
                null))
        .weights();
  }

  @Test
  void aChangedEnsembleKeepsTheMembersThatHaveNot() throws IOException {
    run(launch("changed", ensemble("", TWO)), DIRECT);
    TRAININGS.set(0);
    StageContext context =
        launch(
            "changed",
            ensemble(
                "{fit: accuracy}",
                "[{define: b.yaml}, {define: a.yaml, set: {training.steps: 20}}]"));
    TrainedModels models = run(context, DIRECT);
    assertThat(TRAININGS).as("the classical member, judge and examiner").hasValue(3);
    assertThat(ModelStore.at(store).versions("a")).hasSize(2);
    assertThat(models.generator().figures()).containsKey("member-2.fitted-accuracy");
  }

  @Test
  void aMemberMayComeFromTheStore() throws IOException {
    run(launch("first", ensemble("given", TWO)), DIRECT);
    TRAININGS.set(0);
    Define mixed = ensemble("given", "[{load: a@1}, {define: b.yaml, weight: 3}]");
    StageContext context = launch("second", mixed);
    StoredModel ensemble = generator(run(context, DIRECT));
    assertThat(TRAININGS).as("the classical member, judge and examiner").hasValue(3);
    assertThat(TrainProgress.of(context)).containsEntry("member-1", "loaded");
    assertThat(Mixture.of(ensemble).orElseThrow().members()).containsExactly("a", "b");
    assertThat(Mixture.of(ensemble).orElseThrow().share(0)).isEqualTo(0.25);

    ModelStore models = ModelStore.at(store);
    models.remove(models.resolve("a", "1"));
    assertThatThrownBy(() -> stage.preflight(launch("third", mixed)))
        .isInstanceOfSatisfying(
            GraftException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("no model a with digest");
    assertThatThrownBy(() -> ensemble("", "[{load: a@1}, {define: b.yaml}]"))
        .isInstanceOfSatisfying(
            GraftException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContaining("tiny-ensemble.yaml: member a@1: no version \"1\" of model a");
    assertThatThrownBy(() -> ensemble("", "[{load: gone@1}, {define: b.yaml}]"))
        .hasMessageContaining("member gone@1: no model \"gone\" in the store");
  }

  @Test
  void aMemberThatIsTrainedToWhatAnotherIsIsRefused() throws IOException {
    run(launch("first", ensemble("given", "[{define: a.yaml}, {define: b.yaml}]")), DIRECT);
    Define twice = ensemble("given", "[{load: a@1}, {define: a.yaml}]");
    assertThatThrownBy(() -> run(launch("second", twice), DIRECT))
        .hasMessageContaining(
            "members 1 and 2 of the ensemble are the same model, a: same architecture, same weights")
        .hasMessageContaining("{define: a.yaml, seed: 2}");
    run(launch("third", ensemble("given", "[{load: a@1}, {define: a.yaml, seed: 2}]")), DIRECT);
  }
}
