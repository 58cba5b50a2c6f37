package dev.graft.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.data.parquet.MediaValue;
import dev.graft.data.parquet.WriteProfile;
import dev.graft.ingest.sample.SampleData;
import dev.graft.modality.Modalities;
import dev.graft.modality.PayloadCodec;
import dev.graft.spec.SourceSpec;
import dev.graft.spec.SplitSpec;
import dev.graft.stage.Outcome;
import dev.graft.stage.StageOutput;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetSourceTest {
  private static final SplitSpec SPLIT = new SplitSpec(0.15, 0.15, "");
  private static final Column IMAGE = new Column.Image("image");
  private static final Column SPEAKER = new Column.Value("speaker", Column.Value.Type.STRING);

  @TempDir Path directory;

  private final PayloadCodec codec =
      Modalities.get("image")
          .codec(
              Modalities.get("image")
                  .schema(
                      dev.graft.data.json.Json.tree(Map.of("size", IdxFiles.SIDE)), List.of("a")));

  @Test
  void readsTheHuggingFaceLayoutWithNamesFromTheFooter() {
    SampleData.write(directory.resolve("hf"), "parquet", 4, 30);
    SourceSpec source =
        IngestRuns.source("parquet", Map.of("path", directory.resolve("hf").toString()));
    CanonicalDataset data =
        CanonicalDataset.of(
            IngestRuns.run(
                IngestRuns.spec(source, "{\"size\": 28}", SPLIT, 1),
                directory.resolve("work"),
                IngestRuns.FAST_DIRECT));
    assertThat(data.schema().classes()).startsWith("arrow", "circle").hasSize(8);
    assertThat(data.rows(Part.TRAIN) + data.rows(Part.TUNE) + data.rows(Part.TEST)).isEqualTo(240);
  }

  @Test
  void readsWhatItWroteItself() {
    Map<String, String> files = IdxFiles.sound(directory, "a", 900, 3, 5);
    StageOutput first = run(IngestRuns.source("idx", files, "x", "y", "z"), SPLIT);
    SourceSpec again =
        IngestRuns.source("parquet", Map.of("path", first.file("shards")), "z", "y", "x");
    CanonicalDataset data = CanonicalDataset.of(run(again, SPLIT));
    long zs = 0;
    for (Part part : Part.values()) {
      zs += data.statistics().rowsPerClass(part)[0];
    }
    assertThat(zs).isEqualTo(300);
  }

  @Test
  void refusesSyntheticRowsUnlessAllowedAndThenCountsThemApart() {
    Path file = directory.resolve("mixed.parquet");
    Column label = new Column.ClassLabel("label", List.of("a", "b"));
    write(file, List.of(IMAGE, label), 400, row -> new Object[] {image(row), (long) (row % 2)});
    SourceSpec source = IngestRuns.source("parquet", Map.of("path", file.toString()));
    Outcome refused =
        IngestRuns.fail(
            IngestRuns.spec(source, IdxFiles.OPTIONS, SPLIT, 1), directory.resolve("w1"));
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.reason())
        .contains("synthetic 40")
        .contains("mixed.parquet#0 synthetic: a model made it; set source.synthetic: allow");

    CanonicalDataset data = CanonicalDataset.of(run(IngestRuns.tolerating(source, 0, true), SPLIT));
    LabelledRows all = data.load(Part.TRAIN);
    assertThat(all.size() - data.loadReal(Part.TRAIN).size()).isEqualTo(40);
    long[] rows = data.statistics().rowsPerClass(Part.TRAIN);
    assertThat(data.statistics().realRowsPerClass(Part.TRAIN))
        .containsExactly(rows[0] - 40, rows[1]);
    for (Part part : List.of(Part.TUNE, Part.TEST)) {
      assertThat(data.loadReal(part)).isSameAs(data.load(part));
    }
  }

  @Test
  void saysSoWhenAModelMadeAllRows() {
    Path file = directory.resolve("made.parquet");
    Column label = new Column.ClassLabel("label", List.of("a"));
    write(file, List.of(IMAGE, label), 1, row -> new Object[] {image(row), 0L});
    SourceSpec source = IngestRuns.source("parquet", Map.of("path", file.toString()));
    Outcome refused =
        IngestRuns.fail(
            IngestRuns.spec(IngestRuns.tolerating(source, 0, true), IdxFiles.OPTIONS, SPLIT, 1),
            directory.resolve("w"));
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.reason()).contains("all 1 rows say that a model made them");
  }

  @Test
  void takesTextLabelsAndKeepsGroupsTogether() {
    Path file = directory.resolve("spoken.parquet");
    Column label = new Column.Value("label", Column.Value.Type.STRING);
    write(
        file,
        List.of(IMAGE, label, SPEAKER),
        600,
        row -> new Object[] {image(row), row % 2 == 0 ? "yes" : "no", "speaker" + row % 6});
    SourceSpec source =
        IngestRuns.tolerating(
            IngestRuns.source("parquet", Map.of("path", file.toString())), 0, true);
    CanonicalDataset data = CanonicalDataset.of(run(source, new SplitSpec(0.2, 0.2, "speaker")));
    assertThat(data.schema().classes()).containsExactly("no", "yes");
    Map<SampleId, Integer> speakers = new HashMap<>();
    for (int row = 0; row < 600; row++) {
      speakers.put(SampleId.real("spoken.parquet", row), row % 6);
    }
    Map<Integer, Part> parts = new HashMap<>();
    for (Part part : Part.values()) {
      LabelledRows rows = data.loadReal(part);
      assertThat(rows.size()).isPositive();
      for (SampleId id : rows.ids()) {
        assertThat(parts.computeIfAbsent(speakers.get(id), speaker -> part)).isEqualTo(part);
      }
    }
    assertThat(parts).hasSize(6).containsValues(Part.TRAIN, Part.TUNE, Part.TEST);
  }

  @Test
  void warnsOfCopiesThatGroupsDivide() {
    Path file = directory.resolve("copied.parquet");
    Column label = new Column.ClassLabel("label", List.of("a", "b"));
    write(
        file,
        List.of(IMAGE, label, SPEAKER),
        600,
        row -> new Object[] {image(row / 6), (long) (row / 6 % 2), "speaker" + row % 6});
    SourceSpec source =
        IngestRuns.tolerating(
            IngestRuns.source("parquet", Map.of("path", file.toString())), 0, true);
    StageOutput output = run(source, new SplitSpec(0.2, 0.2, "speaker"));
    assertThat(output.summary().at("/duplicates/across-parts").asLong()).isEqualTo(100);
    assertThat(output.summary().path("warnings").toString())
        .contains("100 contents are in more than one part, for split.by speaker keeps groups whole")
        .contains("train rows are also in test");
  }

  @Test
  void setsRowsWithoutImageOrLabelAside() {
    Path file = directory.resolve("holes.parquet");
    Column label = new Column.ClassLabel("label", List.of("a", "b"));
    write(
        file,
        List.of(IMAGE, label),
        100,
        row ->
            new Object[] {
              row == 11 ? new MediaValue(null, "elsewhere.png") : row == 12 ? null : image(row),
              row == 13 ? null : row == 14 ? 9L : (long) (row % 2)
            });
    SourceSpec source =
        IngestRuns.tolerating(
            IngestRuns.source("parquet", Map.of("path", file.toString())), 0.001, true);
    Outcome outcome =
        IngestRuns.fail(
            IngestRuns.spec(source, IdxFiles.OPTIONS, SPLIT, 1), directory.resolve("w"));
    assertThat(outcome.reason())
        .contains("mislabelled 2, undecodable 2")
        .contains("#11 undecodable: the image has only a path (elsewhere.png)")
        .contains("#12 undecodable: the value is missing")
        .contains("#13 mislabelled: the label is missing")
        .contains("#14 mislabelled: the label 9 is not from 0 to 1");
  }

  private StageOutput run(SourceSpec source, SplitSpec split) {
    return IngestRuns.run(
        IngestRuns.spec(source, IdxFiles.OPTIONS, split, 1),
        directory.resolve("work-" + source.format() + source.allowSynthetic()),
        IngestRuns.FAST_DIRECT);
  }

  private MediaValue image(int row) {
    return new MediaValue(codec.encode(IdxFiles.image(6, row), 0), null);
  }

  private interface Values {
    Object[] of(int row);
  }

  /** Every tenth row says that it is synthetic. */
  private static void write(Path file, List<Column> columns, int rows, Values values) {
    WriteProfile profile = WriteProfile.PUBLISHED.withRowGroupRows(64);
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(file.toString(), columns, Map.of(), profile)) {
      for (int row = 0; row < rows; row++) {
        String id = SampleId.real("made", row).hex();
        writer.write(
            new DatasetRow(
                values.of(row),
                row % 10 == 0
                    ? new Provenance(id, true, "g", "m", 1L, "c", List.of(), null, Map.of())
                    : Provenance.real(id)));
      }
      writer.commit();
    }
  }
}
