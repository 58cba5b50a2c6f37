package dev.graft.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.graft.data.DatasetSchema;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.FittedModel;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import dev.graft.model.StoredModel.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  private static final ModelDefinition DEFINITION =
      new ModelDefinition(
          "m",
          "vae",
          JsonNodeFactory.instance.objectNode().put("latent", 3),
          JsonNodeFactory.instance.objectNode().put("learning-rate", 1e-3),
          new ModelDefinition.Compute(1, 64, "avx2"));
  private static final DatasetSchema SCHEMA =
      new DatasetSchema("image", List.of(1, 8, 8), List.of("no", "yes"));

  @TempDir Path directory;
  private ModelStore store;

  @BeforeEach
  void open() {
    store = ModelStore.at(directory.toString());
  }

  private ModelCard save(int content) {
    FittedModel model =
        new FittedModel(
            new byte[] {1, 2, (byte) content},
            List.of(new HistoryPoint(5, Map.of("tune-loss", 0.1 + content))),
            5,
            Map.of("tune-loss", 0.1 + content));
    return store.save("m", model, DEFINITION, SCHEMA, "data", 7);
  }

  @Test
  void loadsWhatWasSaved() {
    ModelCard card = save(1);
    StoredModel loaded = store.load("m", card.digest());
    assertThat(loaded.card()).isEqualTo(card);
    assertThat(loaded.weights()).containsExactly(1, 2, 1);
    assertThat(card.definition()).isEqualTo(DEFINITION);
    assertThat(card.schema()).isEqualTo(SCHEMA);
    assertThat(card.history().get(0).values()).containsEntry("tune-loss", 1.1);
    assertThat(store.load(card.digest()).card()).isEqualTo(card);
  }

  @Test
  void savingAgainChangesNothing() throws IOException {
    ModelCard card = save(1);
    Path file = directory.resolve("m").resolve(card.digest()).resolve("model.yaml");
    Object before = Files.getLastModifiedTime(file);
    save(2);
    assertThat(save(1)).isEqualTo(card);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);
    assertThat(store.versions("m")).hasSize(2);
  }

  @Test
  void numbersFollowTheOrderOfSaving() {
    List<String> digests = Stream.of(1, 2, 3).map(n -> save(n).digest()).toList();
    assertThat(store.list().stream().map(ModelStore.Version::toString))
        .containsExactly("m@1", "m@2", "m@3");
    assertThat(store.resolve("m", "2").digest()).isEqualTo(digests.get(1));
    assertThat(store.resolve("m", "@3").digest()).isEqualTo(digests.get(2));
    assertThat(store.resolve("m", digests.get(0).substring(0, 10)).number()).isEqualTo(1);
    assertThat(store.resolve("m", digests.get(0)).digest()).isEqualTo(digests.get(0));
  }

  @Test
  void theNumberOfARemovedVersionIsItsOwnForEver() {
    List<String> digests = Stream.of(1, 2, 3).map(n -> save(n).digest()).toList();
    store.remove(store.resolve("m", "1"));
    store.remove(store.resolve("m", "3"));
    assertThat(store.list()).extracting(ModelStore.Version::toString).containsExactly("m@2");
    assertThat(directory.resolve("m").resolve(digests.get(0))).doesNotExist();
    assertThatThrownBy(() -> store.resolve("m", "3")).hasMessageContaining("versions: @2");
    save(4);
    save(1);
    assertThat(store.resolve("m", "4").digest()).isNotIn(digests);
    assertThat(store.resolve("m", "1").digest()).isEqualTo(digests.get(0));
  }

  @Test
  void parallelSavesAllGetANumberOfTheirOwn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<String>> saved = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      int content = i % 12;
      saved.add(threads.submit(() -> save(content).digest()));
    }
    for (Future<String> digest : saved) {
      digest.get();
    }
    threads.shutdown();
    List<ModelStore.Version> versions = store.versions("m");
    assertThat(versions.stream().map(ModelStore.Version::digest).distinct()).hasSize(12);
    assertThat(versions).hasSize(12);
    save(50);
    assertThat(store.versions("m").subList(0, 12)).isEqualTo(versions);
  }

  @Test
  void aNumberNeverChangesItsMeaning() throws Exception {
    int writers = 12;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    CyclicBarrier together = new CyclicBarrier(writers);
    List<Future<ModelStore.Version>> seen = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      String digest = Json.digest(i);
      seen.add(
          threads.submit(
              () -> {
                Aliases aliases = Aliases.of(directory.toString(), "m");
                together.await();
                aliases.add(digest);
                int number =
                    aliases.digests().entrySet().stream()
                        .filter(entry -> entry.getValue().equals(digest))
                        .findFirst()
                        .orElseThrow()
                        .getKey();
                return new ModelStore.Version("m", number, digest);
              }));
    }
    List<ModelStore.Version> told = new ArrayList<>();
    for (Future<ModelStore.Version> version : seen) {
      told.add(version.get());
    }
    threads.shutdown();
    assertThat(store.versions("m")).containsExactlyInAnyOrderElementsOf(told);
    assertThat(told.stream().map(ModelStore.Version::number).distinct()).hasSize(writers);
  }

  @Test
  void storesOfBeforeAreReadAndContinued() throws IOException {
    Path aliases = Files.createDirectories(directory.resolve("m/aliases"));
    List<String> old = Stream.of(1, 2, 3).map(Json::digest).toList();
    Files.createFile(aliases.resolve("000001-" + old.get(0)));
    for (String digest : old.subList(1, 3)) {
      Files.createFile(aliases.resolve("000002-" + digest));
    }
    Files.createFile(aliases.resolve("000004")); // its writer died
    String added = save(1).digest();
    assertThat(store.resolve("m", "1").digest()).isEqualTo(old.get(0));
    assertThat(List.of(store.resolve("m", "2").digest(), store.resolve("m", "3").digest()))
        .containsExactlyInAnyOrder(old.get(1), old.get(2));
    assertThat(store.resolve("m", "5").digest()).isEqualTo(added);
    assertThat(save(1).digest()).isEqualTo(added);
    assertThat(store.versions("m")).hasSize(4);
  }

  @Test
  void namesTheFileThatIsDamaged() throws IOException {
    ModelCard card = save(1);
    Path weights = directory.resolve("m").resolve(card.digest()).resolve("weights.safetensors");
    Files.write(weights, new byte[] {1, 2, 9});
    assertThatThrownBy(() -> store.load("m", card.digest()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(weights.toString())
        .extracting(e -> ((GraftException) e).exitCode())
        .isEqualTo(ExitCode.INPUT);
    Files.delete(weights);
    assertThatThrownBy(() -> store.load("m", card.digest())).hasMessageContaining("missing");
  }

  @Test
  void saysWhichVersionsThereAre() {
    save(1);
    assertThatThrownBy(() -> store.resolve("m", "4"))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("no version \"4\" of model m")
        .hasMessageContaining("versions: @1 (");
    assertThatThrownBy(() -> store.resolve("n", "1"))
        .hasMessageContaining("no model \"n\"")
        .hasMessageContaining("known: m");
  }
}
