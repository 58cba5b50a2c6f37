package dev.graft.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.DatasetSchema;
import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.ingest.sample.SampleData;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SplitSpec;
import dev.graft.stage.StageOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestStageTest {
  private static final SplitSpec SPLIT = new SplitSpec(0.15, 0.15, "");

  @TempDir Path directory;

  @Test
  void keepsEveryRowOnceAsItWas() {
    Map<String, String> files = IdxFiles.sound(directory, "a", 2500, 5, 9);
    StageOutput output = run(IngestRuns.source("idx", files), IdxFiles.OPTIONS, SPLIT);
    CanonicalDataset data = CanonicalDataset.of(output);
    assertThat(data.schema().classes()).containsExactly("0", "1", "2", "3", "4");
    Map<SampleId, Long> expected = new HashMap<>();
    for (long row = 0; row < 2500; row++) {
      expected.put(SampleId.real("a-images", row), row);
    }
    for (Part part : Part.values()) {
      LabelledRows rows = data.load(part);
      assertThat(rows.size()).isEqualTo((int) data.rows(part)).isPositive();
      assertThat(rows.ids()).isSorted();
      byte[] values = new byte[64];
      for (int i = 0; i < rows.size(); i++) {
        long row = expected.remove(rows.ids().get(i));
        rows.copyRow(i, values, 0);
        assertThat(values).isEqualTo(IdxFiles.image(9, row));
        assertThat(rows.labels()[i]).isEqualTo((int) (row % 5));
      }
      assertThat(Arrays.stream(data.statistics().rowsPerClass(part)).sum()).isEqualTo(rows.size());
    }
    assertThat(expected).isEmpty();
  }

  @Test
  void readsGzippedFilesToTheSameContent() {
    byte[] images = IdxFiles.images(0x803, 1200, 1200, 4);
    byte[] labels = IdxFiles.labels(0x801, 1200, IdxFiles.turns(1200, 3));
    Map<String, String> plain = IdxFiles.write(directory.resolve("p"), "a", images, labels);
    Map<String, String> zipped =
        IdxFiles.write(directory.resolve("z"), "a", IdxFiles.gzip(images), IdxFiles.gzip(labels));
    assertThat(IngestRuns.rows(run(IngestRuns.source("idx", zipped), IdxFiles.OPTIONS, SPLIT)))
        .isEqualTo(IngestRuns.rows(run(IngestRuns.source("idx", plain), IdxFiles.OPTIONS, SPLIT)));
  }

  @Test
  void takesAnOfficialTestSetWholeAndCountsItsCopiesInTrain() {
    byte[] images = IdxFiles.images(0x803, 600, 600, 2);
    System.arraycopy(IdxFiles.image(77, 5), 0, images, 16, 64);
    Map<String, String> train =
        IdxFiles.write(directory, "a", images, IdxFiles.labels(0x801, 600, IdxFiles.turns(600, 3)));
    Map<String, String> test = IdxFiles.sound(directory.resolve("test"), "a", 90, 3, 77);
    SourceSpec source = IngestRuns.withTest(IngestRuns.source("idx", train), test);
    SplitSpec split = new SplitSpec(0.05, 0, "");
    StageOutput output = run(source, IdxFiles.OPTIONS, split);
    CanonicalDataset data = CanonicalDataset.of(output);
    assertThat(data.rows(Part.TEST)).isEqualTo(90);
    assertThat(data.rows(Part.TRAIN) + data.rows(Part.TUNE)).isEqualTo(600);
    assertThat(data.load(Part.TEST).ids()).contains(SampleId.real("test:a-images", 5));
    assertThat(output.summary().at("/duplicates/test-rows-in-train").asLong()).isEqualTo(1);
    assertThat(output.summary().at("/duplicates/across-parts").asLong()).isEqualTo(1);
    assertThat(output.summary().path("warnings").toString())
        .contains("1 contents are in more than one part; 1 train rows are also in test");
  }

  @Test
  void keepsExactDuplicatesOnOneSideAndReportsThem() {
    byte[] images = IdxFiles.images(0x803, 2000, 2000, 3);
    for (int row = 0; row < 400; row++) {
      System.arraycopy(images, 16 + row * 64, images, 16 + (1000 + row) * 64, 64);
    }
    byte[] labels = IdxFiles.turns(2000, 4);
    labels[1000] = 1;
    Map<String, String> files =
        IdxFiles.write(directory, "a", images, IdxFiles.labels(0x801, 2000, labels));
    StageOutput output = run(IngestRuns.source("idx", files), IdxFiles.OPTIONS, SPLIT);
    assertThat(output.summary().at("/duplicates/groups").asLong()).isEqualTo(400);
    assertThat(output.summary().at("/duplicates/extra-rows").asLong()).isEqualTo(400);
    assertThat(output.summary().at("/duplicates/cross-label-groups").asLong()).isEqualTo(1);
    assertThat(output.summary().at("/duplicates/test-rows-in-train").asLong()).isZero();
    Set<String> train = contents(output, Part.TRAIN);
    Set<String> tune = contents(output, Part.TUNE);
    Set<String> test = contents(output, Part.TEST);
    assertThat(train.size() + tune.size() + test.size()).isEqualTo(1600);
    assertThat(tune).doesNotContainAnyElementsOf(train);
    assertThat(test).doesNotContainAnyElementsOf(train).doesNotContainAnyElementsOf(tune);
  }

  @Test
  void givesEveryPartRowsOfSmallClassesAndWarns() throws IOException {
    Path shapes = directory.resolve("shapes");
    SampleData.write(shapes, "shapes", 8, 7);
    StageOutput output =
        run(
            IngestRuns.source("class-folders", Map.of("path", shapes.toString())),
            "{\"size\": 28}",
            SPLIT);
    DatasetStatistics statistics = CanonicalDataset.of(output).statistics();
    assertThat(statistics.rowsPerClass(Part.TRAIN)).hasSize(8).containsOnly(5);
    assertThat(statistics.rowsPerClass(Part.TUNE)).hasSize(8).containsOnly(1);
    assertThat(statistics.rowsPerClass(Part.TEST)).hasSize(8).containsOnly(1);
    assertThat(statistics.warnings())
        .contains("class \"star\" has only 7 rows: figures of its tune and test rows are rough");
    assertThat(statistics.parts().get("train").get(0).mean()).isBetween(10.0, 100.0);
    assertThat(statistics.parts().get("train").get(0).deviation()).isBetween(20.0, 100.0);
  }

  @Test
  void listsRejectsWithinTheToleratedShare() throws IOException {
    Path shapes = directory.resolve("shapes");
    SampleData.write(shapes, "shapes", 8, 10);
    Files.writeString(shapes.resolve("star/zzz.png"), "no picture");
    Files.writeString(shapes.resolve("star/.hidden.png"), "never looked at");
    Files.writeString(shapes.resolve("star/README.txt"), "never looked at");
    SourceSpec source = IngestRuns.source("class-folders", Map.of("path", shapes.toString()));
    StageOutput output = run(IngestRuns.tolerating(source, 0.02, false), "{\"size\": 28}", SPLIT);
    assertThat(output.summary().at("/rejected/undecodable").asLong()).isEqualTo(1);
    assertThat(Files.readString(Path.of(output.file("rejects.jsonl"))))
        .startsWith("{\"detail\":\"not a PNG")
        .contains("\"file\":\"star/zzz.png\",\"index\":0,\"reason\":\"undecodable\"")
        .hasLineCount(1);
  }

  @Test
  void refusesAPartThatNoArrayHolds() {
    DatasetSchema schema = new DatasetSchema("image", List.of(3, 64, 64), List.of("a"));
    SplitPlan plan = new SplitPlan(schema, new SplitRule(1, SPLIT), Map.of(), Map.of(), List.of());
    WriteReport report = new WriteReport();
    for (Part part : Part.values()) {
      report.add(part, 0, new Moments(part == Part.TEST ? 174_763 : 174_762, 0, 0, 0));
    }
    assertThatThrownBy(() -> new IngestSummary(report, plan).check())
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("test has 174,763 rows of 12,288 values, 2,147,487,744 bytes in all")
        .hasMessageContaining("at most 2,147,483,639 bytes, 174,762 such rows")
        .extracting(e -> ((GraftException) e).exitCode())
        .isEqualTo(ExitCode.INPUT);
  }

  @Test
  void loadsAPartOncePerProcess() {
    Map<String, String> files = IdxFiles.sound(directory, "a", 500, 2, 1);
    StageOutput output = run(IngestRuns.source("idx", files), IdxFiles.OPTIONS, SPLIT);
    assertThat(CanonicalDataset.of(output).load(Part.TRAIN))
        .isSameAs(CanonicalDataset.of(output).load(Part.TRAIN));
  }

  private StageOutput run(SourceSpec source, String options, SplitSpec split) {
    try {
      return IngestRuns.run(
          IngestRuns.spec(source, options, split, 1),
          Files.createTempDirectory(directory, "work"),
          IngestRuns.FAST_DIRECT);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Set<String> contents(StageOutput output, Part part) {
    LabelledRows rows = CanonicalDataset.of(output).load(part);
    Set<String> contents = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      byte[] values = new byte[rows.rowSize()];
      rows.copyRow(row, values, 0);
      contents.add(Arrays.toString(values));
    }
    return contents;
  }
}
