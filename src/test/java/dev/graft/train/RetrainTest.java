package dev.graft.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.ingest.DatasetStatistics;
import dev.graft.ingest.DatasetStatistics.ClassRows;
import dev.graft.model.DefinitionReader;
import dev.graft.model.TinyImages;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.TrainedModels;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.RetrainPolicy;
import dev.graft.spec.RetrainPolicy.When;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A first date trains; what later dates do with new data is decided by the rule. */
class RetrainTest {
  private static final String FIRST = "2026-11-01";
  private static final RetrainPolicy NEVER = new RetrainPolicy(When.NEVER, 0, 0);
  private static final String VAE =
      """
      family: vae
      architecture:
        latent: 2
        encoder: {channels: [4, 4], hidden: 8}
        decoder: {channels: [4, 4, 4], hidden: 8}
      training: {steps: 4, batch: 8, eval-every: 4}
      compute: {batch: 8}
      """;
  private static final String CLASSIFIER =
      """
      family: classifier
      architecture: {convolutions: [{channels: 2, stride: 2}], dense: [4]}
      training: {steps: 4, batch: 8, eval-every: 4}
      compute: {batch: 8}
      """;

  @TempDir static Path directory;
  private static TrainStage stage;
  private static TrainedModels first;

  @BeforeAll
  static void trainOnTheFirstDate() throws IOException {
    stage =
        new TrainStage(
            (ingest, part) ->
                TinyImages.rows(1, part == Part.TRAIN ? 40 : 20, ingest.fingerprint().hashCode()));
    first = run(context("a", FIRST, NEVER, "1", 100));
  }

  private static Define define(String name, String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve(name + ".yaml"), yaml);
    return new Define(file.toString(), Json.tree(DefinitionReader.read(file)));
  }

  /** A launch of TRAIN after an INGEST of other data, told apart by {@code ingest}. */
  private static StageContext context(
      String work, String date, RetrainPolicy policy, String ingest, double mean)
      throws IOException {
    ModelsSpec models =
        new ModelsSpec(
            define("tiny-vae", VAE),
            define("tiny-judge", CLASSIFIER),
            define("tiny-examiner", CLASSIFIER.replace("[4]", "[5]")),
            policy);
    PipelineSpec spec =
        new PipelineSpec(
            "tiny",
            "image",
            5,
            null,
            Json.tree(Map.of("size", TinyImages.SIZE, "channels", "grey")),
            null,
            models,
            null,
            List.of(),
            null,
            List.of(),
            null);
    String root = directory.resolve(work).toString();
    String train = Json.digest(List.of(ingest, stage.fingerprintPart(spec, date), date));
    StageContext context =
        new StageContext(
            spec,
            date,
            root,
            Storage.resolve(root, "store"),
            StageName.TRAIN,
            "t",
            Map.of(StageName.INGEST, ingest.repeat(64), StageName.TRAIN, train),
            false);
    String folder = context.directory(StageName.INGEST);
    Storage.writeText(
        Storage.resolve(folder, "attempt-i/schema.json"), Json.pretty(TinyImages.schema(1)));
    List<ClassRows> classes = new ArrayList<>();
    TinyImages.schema(1)
        .classes()
        .forEach(name -> classes.add(new ClassRows(name, 20, 0, mean, 50)));
    Storage.writeText(
        Storage.resolve(folder, "attempt-i/statistics.json"),
        Json.pretty(new DatasetStatistics(Map.of(Part.TRAIN.key(), classes), List.of())));
    new StageOutput("ingest", ingest.repeat(64), "i", Json.tree(Map.of()), "").commit(folder);
    return context;
  }

  private static TrainedModels run(StageContext context) {
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=DirectRunner").create());
    stage.build(pipeline, context);
    pipeline.run().waitUntilFinish();
    return TrainedModels.read(context.input(StageName.TRAIN));
  }

  private static String reason(StageContext context) {
    return context.input(StageName.TRAIN).summary().path("retrain").path("reason").asText();
  }

  private static void assertKept(StageContext context, String reason) {
    TrainedModels models = run(context);
    assertThat(models.generator()).isEqualTo(first.generator().asLoaded());
    assertThat(models.judge()).isEqualTo(first.judge().asLoaded());
    assertThat(models.examiner()).isEqualTo(first.examiner().asLoaded());
    assertThat(reason(context)).isEqualTo(reason);
  }

  private static void assertTrained(StageContext context, String reason) {
    TrainedModels models = run(context);
    assertThat(models.generator().loaded()).isFalse();
    assertThat(models.generator().digest()).isNotEqualTo(first.generator().digest());
    assertThat(reason(context)).isEqualTo(reason);
  }

  @Test
  void neverKeepsTheModelsOfTheFirstDate() throws IOException {
    assertThat(first.generator().loaded()).isFalse();
    assertKept(context("a", "2026-12-24", NEVER, "2", 90), "they are kept for good");
  }

  @Test
  void withoutARuleModelsFollowTheData() throws IOException {
    assertTrained(context("a", "2026-10-30", RetrainPolicy.CHANGED, "2", 100), "");
  }

  @Test
  void anUndatedRunAndAnEarlierDateTrain() throws IOException {
    assertTrained(context("a", "", NEVER, "3", 100), "a run without a date has no earlier ones");
    assertTrained(
        context("a", "2026-10-28", NEVER, "3", 100),
        "no earlier date has trained these definitions");
  }

  @Test
  void ageIsCountedInRunDates() throws IOException {
    RetrainPolicy threeDays = new RetrainPolicy(When.AGE, 3, 0);
    assertKept(context("a", "2026-11-03", threeDays, "4", 100), "2 of 3 days old");
    StageContext old = context("b", "2026-11-04", threeDays, "5", 100);
    copyTrainingsAndStore("a", "b");
    assertTrained(old, "the models of 2026-11-01 are 3 of 3 days old");
    assertThat(run(context("b", "2026-11-05", threeDays, "6", 100)).generator().digest())
        .as("the next date has the models of the date that trained")
        .isEqualTo(TrainedModels.read(old.input(StageName.TRAIN)).generator().digest());
  }

  @Test
  void driftOfTheDataDecides() throws IOException {
    RetrainPolicy tenth = new RetrainPolicy(When.DRIFT, 0, 0.1);
    assertKept(
        context("a", "2026-11-03", tenth, "7", 104), "drift of the data 0.0800, allowed 0.1");
    copyTrainingsAndStore("a", "c");
    assertTrained(
        context("c", "2026-11-03", tenth, "8", 106),
        "drift of the data 0.1200, allowed 0.1, since 2026-11-01");
  }

  @Test
  void modelsThatAreGoneAreTrainedAgain() throws IOException {
    copyTrainingsAndStore("a", "d");
    StageContext later = context("d", "2026-11-03", NEVER, "9", 100);
    ModelStore store = ModelStore.at(later.storeDirectory());
    store.remove(store.versions(first.judge().name()).get(0));
    assertTrained(later, "the models of 2026-11-01 are not all in the store any more");
  }

  private static void copyTrainingsAndStore(String from, String to) throws IOException {
    for (String folder : List.of("trainings", "store")) {
      Path source = directory.resolve(from).resolve(folder);
      for (Storage.Entry entry : Storage.list(source.toString())) {
        Path file = Path.of(entry.location());
        if (file.toString().contains(FIRST) || folder.equals("store")) {
          Path copy = directory.resolve(to).resolve(folder).resolve(source.relativize(file));
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }
}
