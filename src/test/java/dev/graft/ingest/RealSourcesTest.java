package dev.graft.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.spec.PipelineSpec;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SplitSpec;
import dev.graft.stage.StageOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real data that {@code GRAFT_DATA} points to. */
@Tag("slow")
class RealSourcesTest {
  @TempDir Path directory;

  @Test
  void readsColourPhotographsOfAllSizes() {
    Path images = data("image/sign-language-digits/images");
    CanonicalDataset data =
        CanonicalDataset.of(
            run(
                IngestRuns.source("class-folders", Map.of("path", images.toString())),
                "{\"size\": 64, \"channels\": \"colour\", \"resize\": \"stretch\"}",
                new SplitSpec(0.15, 0.15, "")));
    assertThat(data.schema().shape()).containsExactly(3, 64, 64);
    Set<SampleId> ids = new HashSet<>();
    for (Part part : Part.values()) {
      assertThat(data.statistics().rowsPerClass(part)).hasSize(10);
      for (long rows : data.statistics().rowsPerClass(part)) {
        assertThat(rows).isGreaterThan(10);
      }
      ids.addAll(data.load(part).ids());
    }
    assertThat(ids)
        .hasSize(2062)
        .containsAll(
            List.of(
                SampleId.real("7/IMG_5874.JPG", 0),
                SampleId.real("7/IMG_5935.JPG", 0),
                SampleId.real("7/IMG_5978.JPG", 0)));
  }

  @Test
  void readsFashionMnistWithItsOfficialTestSet() {
    Path folder = data("image/fashion-mnist");
    SourceSpec source =
        IngestRuns.withTest(IngestRuns.source("idx", pair(folder, "train")), pair(folder, "t10k"));
    StageOutput output = run(source, "{\"size\": 28}", new SplitSpec(0.15, 0, ""));
    CanonicalDataset data = CanonicalDataset.of(output);
    assertThat(data.statistics().rowsPerClass(Part.TEST)).hasSize(10).containsOnly(1000);
    assertThat(data.rows(Part.TRAIN) + data.rows(Part.TUNE)).isEqualTo(60_000);
    assertThat(data.rows(Part.TUNE)).isBetween(8_800L, 9_200L);
    assertThat(output.summary().at("/duplicates/groups").asLong()).isZero();
    LabelledRows test = data.load(Part.TEST);
    assertThat(test.size()).isEqualTo(10_000);
    double mean = 0;
    for (var part : List.of("train", "tune")) {
      for (var rows : data.statistics().parts().get(part)) {
        mean += rows.mean() * rows.rows() / 60_000;
      }
    }
    assertThat(mean).isBetween(72.9, 73.0);
  }

  @Test
  void countsTheCopiesInMedicalImages() {
    Path images = data("image/mednist-subset/images");
    StageOutput output =
        run(
            IngestRuns.source("class-folders", Map.of("path", images.toString())),
            "{\"size\": 64}",
            new SplitSpec(0.15, 0.15, ""));
    assertThat(output.summary().at("/duplicates/extra-rows").asLong()).isGreaterThanOrEqualTo(9);
    assertThat(output.summary().at("/duplicates/test-rows-in-train").asLong()).isZero();
  }

  private static Path data(String relative) {
    String root = System.getenv("GRAFT_DATA");
    assumeTrue(
        root != null && Files.exists(Path.of(root, relative)),
        "GRAFT_DATA does not point to a folder with " + relative);
    return Path.of(root, relative);
  }

  private static Map<String, String> pair(Path folder, String name) {
    return Map.of(
        "images", folder.resolve(name + "-images-idx3-ubyte.gz").toString(),
        "labels", folder.resolve(name + "-labels-idx1-ubyte.gz").toString());
  }

  private StageOutput run(SourceSpec source, String options, SplitSpec split) {
    PipelineSpec spec = IngestRuns.spec(source, options, split, 1);
    return IngestRuns.run(spec, directory, IngestRuns.FAST_DIRECT);
  }
}
