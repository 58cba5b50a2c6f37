package dev.graft.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.io.Storage;
import dev.graft.model.store.StoreUsers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruneTest {
  private static final String OLD = "1".repeat(64);
  private static final String NEW = "2".repeat(64);

  @TempDir Path folder;

  private WorkFolder work;
  private Path graft;

  @BeforeEach
  void makeASpec() throws IOException {
    work = WorkFolder.make(folder);
    graft = folder.resolve("out/.graft");
  }

  private Path stage(String stage, String fingerprint) throws IOException {
    Path directory = graft.resolve(stage).resolve(fingerprint.substring(0, 16));
    WorkFolder.write(directory.resolve("attempt-a/stage.json"), "{}");
    WorkFolder.write(directory.resolve("_SUCCESS"), "{\"attempt\": \"a\"}");
    return directory;
  }

  private CommandRun prune(String... more) {
    List<String> arguments = new ArrayList<>(List.of("prune", "s.yaml"));
    arguments.addAll(List.of(more));
    return CommandRun.in(folder, arguments.toArray(String[]::new));
  }

  @Test
  void listsWithoutDeletingAndDeletesWhenAsked() throws IOException {
    Path needless = WorkFolder.age(stage("augment", OLD), 30);
    CommandRun listed = prune();
    assertThat(listed.err()).isEmpty();
    assertThat(listed.out())
        .contains(needless.toString())
        .contains("1 places would go; --delete removes them");
    assertThat(needless).exists();
    assertThat(prune("--delete").out()).contains("1 places removed");
    assertThat(needless).doesNotExist();
    assertThat(graft.resolve(".removed")).doesNotExist();
    assertThat(prune().out()).contains("0 places");
  }

  @Test
  void whatIsYoungOrOfThePresentSpecOrPublishedOrUnknownStays() throws IOException {
    stage("evaluate", OLD);
    WorkFolder.age(stage("ingest", work.fingerprint("ingest")), 30);
    WorkFolder.age(stage("train", NEW), 30);
    WorkFolder.age(work.publish("dt=2026-01-01", NEW, NEW), 30);
    WorkFolder.age(WorkFolder.write(graft.resolve("test-reads.json"), "{}"), 30);
    WorkFolder.age(WorkFolder.write(graft.resolve("augment/notes/mine.txt"), ""), 30);
    assertThat(prune().out()).contains("0 places");
    assertThat(prune("--older-than", "0").out())
        .contains("1 places")
        .contains(graft.resolve("evaluate/" + OLD.substring(0, 16)).toString());
  }

  @Test
  void ofACommittedStageTheOtherAttemptsGo() throws IOException {
    Path ingest = stage("ingest", work.fingerprint("ingest"));
    WorkFolder.write(ingest.resolve("attempt-b/shards/train.parquet"), "half");
    WorkFolder.write(work.directory("train").resolve("attempt-c/half"), "half");
    WorkFolder.age(graft, 30);
    assertThat(prune("--delete").out()).contains("1 places removed");
    assertThat(ingest.resolve("attempt-b")).doesNotExist();
    assertThat(ingest.resolve("attempt-a")).exists();
    assertThat(work.directory("train").resolve("attempt-c")).exists();
  }

  @Test
  void whatADeadWriterHasBegunGoesAndWhatItHasFinishedStays() throws IOException {
    Path augment = stage("augment", work.fingerprint("augment"));
    Path half = WorkFolder.write(augment.resolve("attempt-a/.tmp-1f-2a-part-0.parquet"), "half");
    Path shared =
        WorkFolder.write(graft.resolve("candidates/" + "a".repeat(32) + "/.tmp-1-2-x"), "half");
    Path whole =
        WorkFolder.write(graft.resolve("candidates/" + "a".repeat(32) + "/one.parquet"), "whole");
    Path weights = WorkFolder.write(folder.resolve("store/vae/dd/.tmp-1-2-weights"), "half");
    assertThat(prune("--store", "--delete").out()).contains("0 places");
    WorkFolder.age(graft, 30);
    WorkFolder.age(weights, 30);
    assertThat(prune("--delete").out()).contains("begun by a writer that died", "2 places removed");
    assertThat(half).doesNotExist();
    assertThat(shared).doesNotExist();
    assertThat(whole).exists();
    assertThat(prune("--store", "--delete").out()).contains("1 places removed");
    assertThat(weights).doesNotExist();
  }

  @Test
  void candidatesStayWhileASelectionThatStaysNamesThem() throws IOException {
    Path augment = stage("augment", NEW);
    String named = "a".repeat(32);
    WorkFolder.write(
        augment.resolve("attempt-a/candidates.json"),
        "{\"files\": [{\"file\": \"candidates/%s/one.parquet\"}]}".formatted(named));
    WorkFolder.write(graft.resolve("candidates/" + named + "/one.parquet"), "");
    WorkFolder.write(graft.resolve("arms/" + "b".repeat(16) + "/real-0.json"), "{}");
    WorkFolder.age(graft, 30);
    work.publish("run=" + NEW.substring(0, 16), NEW, NEW);
    assertThat(prune().out()).contains("arms/bbbb").contains("1 places").doesNotContain(named);
  }

  @Test
  void candidatesThatAnUnfinishedTrainingMayLeadToStay() throws IOException {
    WorkFolder.write(graft.resolve("candidates/" + "a".repeat(32) + "/one.parquet"), "");
    WorkFolder.age(graft, 30);
    assertThat(prune().out()).contains("0 places");
  }

  @Test
  void publishedDatasetsGoOnlyWhenAllThreeOptionsSaySo() throws IOException {
    Path older = WorkFolder.age(work.publish("dt=2026-01-01", OLD, OLD), 90);
    Path newer = WorkFolder.age(work.publish("dt=2026-01-02", NEW, NEW), 90);
    WorkFolder.age(stage("augment", OLD), 90);
    WorkFolder.age(stage("augment", NEW), 90);
    CommandRun half = prune("--published", "--keep-runs", "1");
    assertThat(half.status()).isEqualTo(2);
    assertThat(half.err()).contains("--older-than DAYS");
    assertThat(prune("--keep-runs", "1", "--older-than", "60").out())
        .contains("augment/1111")
        .contains("1 places");
    assertThat(prune("--keep-runs", "1", "--older-than", "100", "--published").out())
        .contains("0 places");
    prune("--keep-runs", "1", "--older-than", "60", "--published", "--delete");
    assertThat(older).doesNotExist();
    assertThat(newer.resolve("_SUCCESS")).exists();
    assertThat(graft.resolve("augment")).isDirectoryNotContaining("glob:**/1111*");
    assertThat(graft.resolve("augment")).isDirectoryContaining("glob:**/2222*");
  }

  @Test
  void aPublishedFolderThatDoesNotTellWhatItNeedsStopsEverything() throws IOException {
    Path needless = WorkFolder.age(stage("augment", OLD), 30);
    Files.delete(work.publish("dt=2026-01-01", NEW, NEW).resolve("manifest.json"));
    CommandRun prune = prune("--delete");
    assertThat(prune.status()).isEqualTo(3);
    assertThat(prune.err()).contains("dt=2026-01-01 has no whole manifest.json");
    assertThat(needless).exists();
  }

  @Test
  void aModelStaysWhileAPlaceThatUsesTheStoreNamesIt() throws IOException {
    String digest = "d".repeat(64);
    Path store = folder.resolve("store");
    WorkFolder.write(store.resolve("vae/aliases/000001"), digest);
    WorkFolder.write(store.resolve("vae/" + digest + "/model.yaml"), "");
    WorkFolder.age(store, 30);
    assertThat(prune("--store").out()).contains("model vae@1, which").contains("1 places");
    Path elsewhere = folder.resolve("elsewhere");
    Path published = elsewhere.resolve("dt=2026-01-01");
    Files.createDirectories(elsewhere);
    Files.move(work.publish("dt=2026-01-01", OLD, OLD), published);
    StoreUsers.of(store.toString()).add(elsewhere.resolve(".graft").toString());
    assertThat(prune("--store").out()).contains("0 places");
    WorkFolder.write(
        elsewhere.resolve(".graft/train/" + OLD.substring(0, 16) + "/attempt-a/models.json"),
        "{\"generator\": {\"digest\": \"%s\"}}".formatted(digest));
    Storage.delete(published.toString());
    assertThat(prune("--store").out()).contains("0 places");
    Storage.delete(elsewhere.resolve(".graft").toString());
    assertThat(prune("--store").out()).contains("model vae@1, which").contains("1 places");
    Storage.delete(elsewhere.toString());
    CommandRun unknown = prune("--store", "--delete");
    assertThat(unknown.status()).isEqualTo(3);
    assertThat(unknown.err()).contains("elsewhere/.graft, which cannot be looked at from here");
    assertThat(store.resolve("vae/" + digest + "/model.yaml")).exists();
  }

  @Test
  void aMemberThatNoEnsembleHasGoesAndItsModelWithIt() throws IOException {
    String digest = "d".repeat(64);
    Path store = folder.resolve("store");
    WorkFolder.write(store.resolve("vae/aliases/000001"), digest);
    WorkFolder.write(store.resolve("vae/" + digest + "/model.yaml"), "");
    WorkFolder.age(store, 30);
    Path member = graft.resolve("members/0123456789abcdef");
    WorkFolder.write(member.resolve("done.json"), "{\"digest\": \"%s\"}".formatted(digest));
    assertThat(prune("--store").out()).contains("0 places");
    WorkFolder.age(member, 30);
    assertThat(prune("--store").out())
        .contains("members that no published or present run needs")
        .contains("model vae@1, which")
        .contains("2 places");
  }

  @Test
  void nothingIsDeletedWhileARunIsAtWork() throws IOException {
    Path needless = WorkFolder.age(stage("augment", OLD), 30);
    try (FileChannel ignored = work.hold()) {
      CommandRun prune = prune("--delete");
      assertThat(prune.status()).isEqualTo(5);
      assertThat(prune.err()).contains("another run works in");
      assertThat(needless).exists();
      assertThat(prune().status()).isZero();
    }
  }

  @Test
  void withoutItsSourceNobodyKnowsWhatARunNeeds() throws IOException {
    Path needless = WorkFolder.age(stage("augment", OLD), 30);
    Files.move(folder.resolve("pictures"), folder.resolve("elsewhere"));
    assertThat(prune("--delete").status()).isEqualTo(3);
    assertThat(needless).exists();
  }
}
