package dev.graft.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.ndarray.NDManager;
import dev.graft.data.DatasetSchema;
import dev.graft.data.LabelledRows;
import dev.graft.model.nn.TorchEngine;
import dev.graft.model.tune.TunePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every model family keeps to. A family's test extends this with a definition that trains in a
 * second, with evaluations, a moving average, at least three checkpoints and a rest of steps after
 * the last one.
 *
 * @param <M> what the family opens
 */
public abstract class ModelFamilyContract<M extends AutoCloseable> {
  private static final int TRAIN_ROWS = 90;
  private static final int TUNE_ROWS = 30;
  private static final long SEED = 11;

  private static final Map<String, FittedModel> FITTED = new ConcurrentHashMap<>();

  @TempDir Path directory;

  /** The family under test. */
  protected abstract ModelFamily<M> family();

  /** A definition file's content. */
  protected abstract String definitionYaml();

  /** Everything {@code model} gives for fixed requests, as text that differs when a bit does. */
  protected abstract String use(M model);

  /** Channels of the images to test with. */
  protected int channels() {
    return 1;
  }

  /** Of the data to test with: three classes. */
  protected DatasetSchema schema() {
    return TinyImages.schema(channels());
  }

  /** Rows to test with; the same for the same arguments. */
  protected LabelledRows rows(int count, long seed) {
    return TinyImages.rows(channels(), count, seed);
  }

  /** Where the definition file lies. */
  protected Path directory() {
    return directory;
  }

  /** The figure that training makes less. */
  protected String learnt() {
    return "tune-loss";
  }

  protected ModelDefinition definition() throws IOException {
    Path file = directory.resolve("tiny.yaml");
    Files.writeString(file, definitionYaml());
    return DefinitionReader.read(file);
  }

  protected FittedModel fit(long seed, Checkpoints checkpoints) throws IOException {
    return family().fit(run(seed, checkpoints));
  }

  /** A training without checkpoints, which the tests of a class share. */
  protected final FittedModel fitted(long seed) throws IOException {
    String key = getClass().getName() + " " + seed + " " + definitionYaml();
    FittedModel fitted = FITTED.get(key);
    if (fitted == null) {
      fitted = fit(seed, Checkpoints.none());
      FITTED.put(key, fitted);
    }
    return fitted;
  }

  private TrainingRun run(long seed, Checkpoints checkpoints) throws IOException {
    return new TrainingRun(
        "tiny",
        definition(),
        schema(),
        rows(TRAIN_ROWS, 1),
        rows(TUNE_ROWS, 2),
        seed,
        checkpoints,
        null);
  }

  protected StoredModel stored(FittedModel fitted) throws IOException {
    return new StoredModel(
        new StoredModel.ModelCard(
            "tiny",
            "",
            definition(),
            schema(),
            "",
            SEED,
            "",
            fitted.bestStep(),
            fitted.figures(),
            fitted.history()),
        fitted.weights());
  }

  @Test
  protected void sameRunGivesSameBytesAndAnotherSeedOthers() throws IOException {
    FittedModel first = fitted(SEED);
    FittedModel second = fit(SEED, Checkpoints.none());
    assertThat(second.weights()).isEqualTo(first.weights());
    assertThat(second.history()).isEqualTo(first.history());
    assertThat(fit(SEED + 1, Checkpoints.none()).weights()).isNotEqualTo(first.weights());
  }

  @Test
  protected void continuedFromAnyCheckpointEndsWithSameBytes() throws IOException {
    RecordedCheckpoints all = RecordedCheckpoints.fresh();
    FittedModel whole = fit(SEED, all);
    assertThat(all.saved()).hasSizeGreaterThanOrEqualTo(3);
    for (int i = 0; i < all.saved().size(); i++) {
      RecordedCheckpoints rest = RecordedCheckpoints.from(all.saved().get(i));
      FittedModel continued = fit(SEED, rest);
      assertThat(continued.weights()).isEqualTo(whole.weights());
      assertThat(continued.history()).isEqualTo(whole.history());
      assertThat(continued.bestStep()).isEqualTo(whole.bestStep());
      assertThat(continued.figures()).isEqualTo(whole.figures());
      assertThat(rest.saved()).hasSize(all.saved().size() - i - 1);
    }
  }

  @Test
  void aRunThatPausesGoesOnToTheSameBytes() throws IOException {
    if (family().tuneFigures().isEmpty()) {
      ModelDefinition untuned = definition();
      assertThatThrownBy(() -> TunePlan.checkFamily(untuned, "tiny.yaml"))
          .hasMessageContaining("which is not tuned");
      return;
    }
    FittedModel whole = fitted(SEED);
    long pause = definition().training().get("steps").longValue() / 2 + 1;
    RecordedCheckpoints before = RecordedCheckpoints.fresh();
    TrainingRun run = run(SEED, before).pausingAt(pause);
    TrainingPaused paused = catchThrowableOfType(TrainingPaused.class, () -> family().fit(run));
    assertThat(paused.history())
        .isEqualTo(whole.history().stream().filter(point -> point.step() <= pause).toList());
    Checkpoints.Checkpoint last = before.saved().get(before.saved().size() - 1);
    assertThat(last.step()).isEqualTo(pause);
    FittedModel continued = fit(SEED, RecordedCheckpoints.from(last));
    assertThat(continued.weights()).isEqualTo(whole.weights());
    assertThat(continued.history()).isEqualTo(whole.history());
    assertThat(whole.history().get(whole.history().size() - 1).values())
        .containsKeys(family().tuneFigures().stream().map(TuneFigure::name).toArray(String[]::new));
  }

  @Test
  protected void trainingLearns() throws IOException {
    List<FittedModel.HistoryPoint> history = fitted(SEED).history();
    assertThat(history).hasSizeGreaterThanOrEqualTo(2);
    assertThat(history.get(history.size() - 1).values().get(learnt()))
        .isLessThan(history.get(0).values().get(learnt()));
  }

  @Test
  void openedTwiceGivesSameResults() throws Exception {
    StoredModel stored = stored(fitted(SEED));
    try (M first = family().open(stored);
        M second = family().open(stored)) {
      assertThat(use(second)).isEqualTo(use(first));
    }
  }

  @Test
  void threadsShareOneModel() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (M model = family().open(stored(fitted(SEED)))) {
      String alone = use(model);
      List<Future<String>> together = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        together.add(threads.submit(() -> use(model)));
      }
      for (Future<String> result : together) {
        assertThat(result.get()).isEqualTo(alone);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nativeMemoryIsGivenBack() throws Exception {
    FittedModel fitted = fitted(SEED);
    int before = nativeArrays();
    fit(SEED, Checkpoints.none());
    assertThat(nativeArrays()).as("after a training").isEqualTo(before);
    M model = family().open(stored(fitted));
    use(model);
    int open = nativeArrays();
    use(model);
    assertThat(nativeArrays()).as("after another use").isEqualTo(open);
    model.close();
    assertThat(nativeArrays()).as("after closing").isEqualTo(before);
  }

  /** Arrays that any manager of this JVM holds. */
  private int nativeArrays() throws IOException {
    try (NDManager manager = TorchEngine.newManager(definition().compute())) {
      return manager.getParentManager().getManagedArrays().size();
    }
  }
}
