package dev.graft.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.DatasetDigest;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetFiles;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.publish.Manifest.ManifestFile;
import dev.graft.runner.PipelineLauncher;
import dev.graft.runner.RunnerProfile;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublishStageTest {
  @TempDir Path root;
  private UpstreamOutputs upstream;

  @BeforeEach
  void upstream() {
    upstream = new UpstreamOutputs(root);
  }

  @Test
  void publishesAcceptedAndRealRows() throws IOException {
    StageContext context = upstream.write();
    JsonNode summary = publish(context, "DirectRunner");
    Path published = root.resolve("dt=2026-11-22");
    assertThat(summary.path("directory").asText()).isEqualTo(published.toString());

    DatasetDigest digest = DatasetDigest.ofDirectory(published.toString());
    assertThat(digest.rows())
        .isEqualTo(
            Map.of(
                "synthetic/train", 400L,
                "real/train", 200L,
                "real/validation", 50L,
                "real/test", 50L));
    Manifest manifest = Manifest.read(published.toString()).orElseThrow();
    assertThat(manifest.contentDigest()).isEqualTo(digest.digest());
    assertThat(manifest.rows()).isEqualTo(digest.rows());
    assertThat(manifest.models().path("generator").path("digest").asText()).hasSize(64);
    assertManifestListsEveryFile(published, manifest);
    assertThat(published.resolve("data/synthetic/train-00002-of-00003.parquet")).exists();
    assertThat(published.resolve("data/real/train-00001-of-00002.parquet")).exists();
    assertThat(published.resolve("_SUCCESS"))
        .content()
        .contains(context.fingerprint(StageName.PUBLISH));
  }

  @Test
  void rowsKeepTheirProvenanceAndAreNotOrderedByClass() {
    StageContext context = upstream.write();
    publish(context, "DirectRunner");
    List<DatasetRow> rows = rows("synthetic/train");
    assertThat(rows)
        .allSatisfy(
            row -> {
              assertThat(row.provenance().synthetic()).isTrue();
              assertThat(row.provenance().runId())
                  .isEqualTo(context.fingerprint(StageName.PUBLISH));
              assertThat(row.provenance().scores()).containsOnlyKeys("realism", "novelty");
              assertThat(row.provenance().condition()).isEqualTo("label=" + row.values()[1]);
            });
    int changes = 0;
    for (int i = 1; i < rows.size(); i++) {
      changes += rows.get(i).values()[1].equals(rows.get(i - 1).values()[1]) ? 0 : 1;
    }
    assertThat(changes).isGreaterThan(rows.size() / 3);
  }

  @Test
  void syntheticRowsOfTheSourceAreNotPublishedAsReal() {
    upstream.syntheticInSource = true;
    publish(upstream.write(), "DirectRunner");
    assertThat(rows("real/train")).hasSize(150).noneMatch(row -> row.provenance().synthetic());
    assertThat(root.resolve("dt=2026-11-22/data/real/train-00000-of-00001.parquet")).exists();
  }

  @Test
  void withoutRealRowsNothingRealLeaves() {
    upstream.includeReal = false;
    upstream.parts = List.of();
    publish(upstream.write(), "DirectRunner");
    String published = root.resolve("dt=2026-11-22").toString();
    assertThat(DatasetDigest.ofDirectory(published).rows())
        .isEqualTo(Map.of("synthetic/train", 400L));
    String rejected = published + "/_rejected/rejected-00000-of-00001.parquet";
    try (DatasetFileReader reader = DatasetFileReader.open(rejected)) {
      assertThat(reader).isNotEmpty().allSatisfy(row -> assertThat(row.values()[0]).isNull());
    }
  }

  @Test
  void refusedRowsAreShownWithTheirReasonAndBounded() {
    publish(upstream.write(), "DirectRunner");
    String rejected =
        root.resolve("dt=2026-11-22/_rejected/rejected-00000-of-00001.parquet").toString();
    Map<Object, Integer> reasons = new HashMap<>();
    try (DatasetFileReader reader = DatasetFileReader.open(rejected)) {
      reader.forEach(row -> reasons.merge(row.values()[2], 1, Integer::sum));
    }
    assertThat(reasons).isEqualTo(Map.of("novelty:min", 100, "realism:min", 100));
  }

  @Test
  void aFailedGatePublishesNothingAndLeavesTheFigures() {
    upstream.gatePasses = false;
    StageContext context = upstream.write();
    assertFails(context, 4, "coverage (dog) is 0.5, below the least allowed 0.9");
    Path refused = root.resolve("dt=2026-11-22");
    assertThat(refused.resolve("_REFUSED")).content().contains("below the least allowed");
    assertThat(refused.resolve("report.html")).exists();
    assertThat(refused.resolve("data")).doesNotExist();
    assertThat(refused.resolve("_SUCCESS")).doesNotExist();
  }

  @Test
  void aRefusedDateCanBePublishedLater() {
    upstream.gatePasses = false;
    assertFails(upstream.write(), 4, "coverage");
    upstream.gatePasses = true;
    upstream.variant = 1;
    upstream.attempt = "second";
    publish(upstream.write(), "DirectRunner");
    assertThat(root.resolve("dt=2026-11-22/_SUCCESS")).exists();
    assertThat(root.resolve("dt=2026-11-22/_REFUSED")).doesNotExist();
  }

  @Test
  void aFailedGateLeavesAPublishedDatasetAlone() {
    publish(upstream.write(), "DirectRunner");
    DatasetDigest before = DatasetDigest.ofDirectory(root.resolve("dt=2026-11-22").toString());
    upstream.variant = 1;
    upstream.gatePasses = false;
    upstream.overwrite = true;
    assertFails(upstream.write(), 4, "coverage");
    assertThat(DatasetDigest.ofDirectory(root.resolve("dt=2026-11-22").toString()))
        .isEqualTo(before);
    assertThat(root.resolve("dt=2026-11-22.refused/_REFUSED")).exists();
    upstream.gatePasses = true;
    upstream.variant = 2;
    publish(upstream.write(), "DirectRunner");
    assertThat(root.resolve("dt=2026-11-22.refused")).doesNotExist();
  }

  @Test
  void aDamagedDatasetIsPublishedAgain() throws IOException {
    StageContext context = upstream.write();
    publish(context, "DirectRunner");
    String published = root.resolve("dt=2026-11-22").toString();
    DatasetDigest before = DatasetDigest.ofDirectory(published);
    assertThat(new PublishStage().intact(context, context.input(StageName.PUBLISH))).isTrue();
    Files.delete(Path.of(published, "data/synthetic/train-00001-of-00003.parquet"));
    assertThat(new PublishStage().intact(context, context.input(StageName.PUBLISH))).isFalse();
    upstream.attempt = "second";
    publish(upstream.context(), "DirectRunner");
    assertThat(DatasetDigest.ofDirectory(published)).isEqualTo(before);
  }

  @Test
  void inspectingFindsWhatIsNoLongerAsPublished() throws IOException {
    publish(upstream.write(), "DirectRunner");
    Path place = root.resolve("dt=2026-11-22");
    assertThat(DatasetInspection.of(place.toString(), true).name()).isEqualTo("pets");

    for (String hidden : List.of(".git/HEAD", "data/.cache/huggingface/a", ".DS_Store")) {
      Storage.writeText(place.resolve(hidden).toString(), "other tools'");
    }
    assertThat(DatasetInspection.of(place.toString(), true).name()).isEqualTo("pets");
    Path extra = place.resolve("data/synthetic/train-00003-of-00004.parquet");
    Path shard = place.resolve("data/synthetic/train-00001-of-00003.parquet");
    Files.copy(shard, extra);
    assertDamaged(place, false, "train-00003-of-00004.parquet is not one of the files");
    Files.delete(extra);

    Path page = place.resolve("report.html");
    String text = Files.readString(page);
    Files.writeString(page, text.replace("pets", "cats"));
    assertThat(DatasetInspection.of(place.toString(), false).name()).isEqualTo("pets");
    assertDamaged(place, true, "report.html has other content");
    Files.writeString(page, text + "!");
    assertDamaged(place, false, "report.html has " + (text.length() + 1) + " bytes");
    Files.writeString(page, text);

    Files.delete(shard);
    assertDamaged(place, false, "data/synthetic/train-00001-of-00003.parquet is missing");
  }

  private static void assertDamaged(Path place, boolean digest, String reason) {
    assertThatThrownBy(() -> DatasetInspection.of(place.toString(), digest))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(reason)
        .extracting(e -> ((GraftException) e).exitCode())
        .isEqualTo(ExitCode.INPUT);
  }

  @Test
  void anEmptyMarkerOfAnotherToolIsInTheWay() throws IOException {
    Files.createFile(Files.createDirectories(root.resolve("dt=2026-11-22")).resolve("_SUCCESS"));
    assertFails(upstream.write(), 2, "in the way");
  }

  @Test
  void nothingIsPublishedWhenNothingWasAccepted() {
    upstream.candidates = 1;
    assertFails(upstream.write(), 4, "no candidate was accepted");
    assertThat(root.resolve("dt=2026-11-22/_REFUSED")).exists();
  }

  @Test
  void theSameRunAgainIsANoOp() throws IOException {
    StageContext context = upstream.write();
    JsonNode first = publish(context, "DirectRunner");
    Path file = root.resolve("dt=2026-11-22/data/synthetic/train-00000-of-00003.parquet");
    Object inode = Files.getAttribute(file, "unix:ino");
    upstream.attempt = "second";
    assertThat(publish(upstream.context(), "DirectRunner")).isEqualTo(first);
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
  }

  @Test
  void anotherRunIsRefusedThePlaceUnlessItMayOverwrite() throws IOException {
    publish(upstream.write(), "DirectRunner");
    Path place = root.resolve("dt=2026-11-22");
    DatasetDigest before = DatasetDigest.ofDirectory(place.toString());
    upstream.variant = 1;
    StageContext other = upstream.write();
    assertFails(other, 2, "--overwrite");
    assertThatThrownBy(() -> new PublishStage().preflight(other))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("already holds a dataset");
    assertThat(DatasetDigest.ofDirectory(place.toString())).isEqualTo(before);

    Path shard = place.resolve("data/synthetic/train-00000-of-00003.parquet");
    byte[] old = Files.readAllBytes(shard);
    upstream.overwrite = true;
    upstream.attempt = "second";
    try (var open = Files.newByteChannel(shard, StandardOpenOption.READ)) {
      publish(upstream.context(), "DirectRunner");
      java.nio.ByteBuffer seen = java.nio.ByteBuffer.allocate(old.length);
      while (seen.hasRemaining() && open.read(seen) >= 0) {
        continue;
      }
      assertThat(seen.array()).isEqualTo(old);
    }
    assertThat(DatasetDigest.ofDirectory(place.toString()).digest()).isNotEqualTo(before.digest());
    assertThat(
            DatasetDigest.ofDirectory(
                root.resolve(".published/replaced/dt=2026-11-22/1").toString()))
        .isEqualTo(before);
  }

  @Test
  void anUndatedRunIsNamedByItsFingerprint() {
    upstream.runDate = "";
    StageContext context = upstream.write();
    JsonNode summary = publish(context, "DirectRunner");
    assertThat(summary.path("directory").asText())
        .endsWith("/run=" + context.fingerprint(StageName.PUBLISH).substring(0, 16));
  }

  @Test
  void aChangedSchemaIsRefusedAndAppendedClassesAreNot() {
    publish(upstream.write(), "DirectRunner");
    upstream.runDate = "2026-11-23";
    upstream.classes = List.of("cat", "dog", "emu", "fox");
    publish(upstream.write(), "DirectRunner");
    upstream.runDate = "2026-11-24";
    upstream.classes = List.of("dog", "cat", "emu", "fox");
    assertFails(upstream.write(), 2, "[dog, cat, emu, fox]");
    upstream.allowSchemaChange = true;
    upstream.attempt = "second";
    publish(upstream.write(), "DirectRunner");
    assertThat(root.resolve("dt=2026-11-24/_SUCCESS")).exists();
  }

  @Test
  void aForeignFolderInTheWayIsNotTouched() throws IOException {
    Path mine = Files.createDirectories(root.resolve("dt=2026-11-22")).resolve("notes.txt");
    Files.writeString(mine, "mine");
    assertFails(upstream.write(), 2, "in the way");
    assertThat(mine).hasContent("mine");
  }

  @Test
  void whatAKilledWorkerHasLeftInTheFolderIsNotPublished() throws IOException {
    StageContext context = upstream.write();
    Path left =
        Path.of(context.attemptDirectory(), "dataset/data/real/.tmp-1f-2a-train-00000.parquet");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "half a shard");
    publish(context, "DirectRunner");
    try (Stream<Path> walk = Files.walk(root.resolve("dt=2026-11-22"))) {
      assertThat(walk).noneMatch(path -> path.getFileName().toString().startsWith("."));
    }
  }

  @Test
  void partsWithoutRealRowsAreRefusedBeforeAnythingStarts() {
    upstream.includeReal = false;
    StageContext context = upstream.context();
    assertThatThrownBy(() -> new PublishStage().preflight(context))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("include-real");
  }

  @Test
  void aDamagedCandidateFileIsAnInputErrorAndPublishesNothing() throws IOException {
    StageContext context = upstream.write();
    Path candidates = root.resolve(".graft/candidates/v0-2026-11-22/00003.parquet");
    byte[] bytes = Files.readAllBytes(candidates);
    Files.write(candidates, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertFails(context, 3, candidates.toString());
    assertThat(root.resolve("dt=2026-11-22")).doesNotExist();
  }

  private void assertManifestListsEveryFile(Path published, Manifest manifest) throws IOException {
    Set<String> files = new HashSet<>();
    try (Stream<Path> walk = Files.walk(published)) {
      walk.filter(Files::isRegularFile)
          .forEach(file -> files.add(published.relativize(file).toString()));
    }
    files.remove("manifest.json");
    files.remove("_SUCCESS");
    assertThat(manifest.files())
        .extracting(ManifestFile::path)
        .containsExactlyInAnyOrderElementsOf(files);
    assertThat(manifest.files())
        .allSatisfy(
            file -> {
              String location = published.resolve(file.path()).toString();
              assertThat(Storage.sha256(location)).isEqualTo(file.sha256());
              assertThat(Files.size(Path.of(location))).isEqualTo(file.bytes());
            });
  }

  static JsonNode publish(StageContext context, String runner, String... arguments) {
    new PipelineLauncher(RunnerProfile.bare(runner), List.of(arguments))
        .run("publish-test", pipeline -> new PublishStage().build(pipeline, context));
    assertThat(Outcome.read(context).map(Outcome::code)).contains(0);
    return context.input(StageName.PUBLISH).summary();
  }

  private static void assertFails(StageContext context, int code, String reason) {
    // Flink ends its tasks before it reports a failure, so nothing writes to the folder any more.
    PipelineLauncher launcher =
        new PipelineLauncher(
            RunnerProfile.bare("FlinkRunner"), List.of("--flinkMaster=[local]", "--parallelism=1"));
    assertThatThrownBy(
            () -> launcher.run("publish-test", p -> new PublishStage().build(p, context)))
        .isInstanceOf(RuntimeException.class);
    Outcome outcome = Outcome.read(context).orElseThrow();
    assertThat(outcome.code()).isEqualTo(code);
    assertThat(outcome.reason()).contains(reason);
    assertThat(Storage.exists(Storage.resolve(context.directory(), StageContext.SUCCESS)))
        .isFalse();
  }

  private List<DatasetRow> rows(String part) {
    List<DatasetRow> rows = new ArrayList<>();
    for (var file : DatasetFiles.list(root.resolve("dt=2026-11-22").toString())) {
      if (file.part().equals(part)) {
        try (DatasetFileReader reader = DatasetFileReader.open(file.location())) {
          reader.forEach(rows::add);
        }
      }
    }
    return rows;
  }
}
