package dev.graft.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.generate.AugmentStage;
import dev.graft.generate.PublishedDate;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SelectRule;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommittedInputsTest {
  private static final String DATE = "2026-01-03";
  private static final CommittedInputs INPUTS = new CommittedInputs();

  @TempDir Path root;

  @Test
  void datesThatArePublishedWhileARunGoesOnEndIt() throws IOException {
    StageContext context = launched();
    assertThat(INPUTS.published(context)).isEmpty();
    publish();
    assertThatThrownBy(() -> INPUTS.published(context))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("dates before 2026-01-03 were published or removed in " + root)
        .extracting(e -> ((GraftException) e).exitCode())
        .isEqualTo(ExitCode.TRANSIENT);

    String shard = root + "/dt=2026-01-02/data/synthetic/train-00000-of-00001.parquet";
    assertThat(INPUTS.published(launched()))
        .containsExactly(
            new PublishedDate("2026-01-02", "content", List.of(new PublishedDate.Shard(shard, 7))));
  }

  /** As a launcher makes it of what is published now. */
  private StageContext launched() {
    PipelineSpec spec = spec();
    Map<StageName, String> known = new EnumMap<>(StageName.class);
    known.put(StageName.INGEST, "1".repeat(64));
    known.put(StageName.TRAIN, "2".repeat(64));
    known.put(StageName.AUGMENT, Fingerprints.of(new AugmentStage(INPUTS), spec, DATE, known));
    return new StageContext(
        spec, DATE, root + "/.graft", root + "/store", StageName.AUGMENT, "a", known, false);
  }

  private PipelineSpec spec() {
    PipelineSpec plain = SpecSamples.publishingTo(root);
    return new PipelineSpec(
        plain.name(),
        plain.modality(),
        plain.seed(),
        plain.source(),
        plain.modalityOptions(),
        plain.split(),
        plain.models(),
        new AugmentSpec(new AugmentSpec.SyntheticPerClass(10), Map.of(), 1, 2, 1, true),
        List.of(new SelectRule("near-duplicate", SelectRule.Kind.DROP, new SelectRule.Fixed(4), 1)),
        plain.evaluate(),
        plain.gates(),
        plain.publish());
  }

  private void publish() throws IOException {
    Path folder = Files.createDirectories(root.resolve("dt=2026-01-02"));
    Path manifest = folder.resolve("manifest.json");
    Files.writeString(
        manifest,
        """
        {"name": "any", "content-digest": "content", "files": [
          {"path": "data/synthetic/train-00000-of-00001.parquet", "bytes": 1, "rows": 7}]}
        """);
    Files.writeString(
        folder.resolve("_SUCCESS"),
        "{\"fingerprint\": \"%s\", \"manifest-sha256\": \"%s\"}"
            .formatted("f".repeat(64), Storage.sha256(manifest.toString())));
  }
}
