package dev.graft.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.SampleId;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.data.parquet.MediaValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetInspectionTest {
  @TempDir Path root;
  private List<String> names = List.of("cat", "dog");
  private String runId = "run";

  @Test
  void countsRowsByPartClassAndOrigin() {
    String dataset = dataset("a", 100, 0);
    DatasetInspection inspection = DatasetInspection.of(dataset, false);
    assertThat(inspection.parts())
        .isEqualTo(
            Map.of(
                "synthetic/train",
                new PartCounts(100, 100, 2, Map.of("cat", 50L, "dog", 50L)),
                "real/train",
                new PartCounts(30, 0, 1, Map.of("cat", 15L, "dog", 15L))));
    assertThat(inspection.columns())
        .extracting(Manifest.ManifestColumn::type)
        .containsExactly("image", "class-label");
    assertThat(inspection.digest()).isNull();
  }

  @Test
  void scoresAreThoseOfSyntheticRows() {
    ScoreQuantiles realism =
        DatasetInspection.of(dataset("a", 100, 0), false).scores().get("realism");
    assertThat(realism).isEqualTo(new ScoreQuantiles(100, 49.5, 0, 4, 49, 94, 99));
  }

  @Test
  void textAndJsonSayTheSame() {
    DatasetInspection inspection = DatasetInspection.of(dataset("a", 100, 0), true);
    assertThat(inspection.toText())
        .contains("synthetic/train")
        .contains("realism")
        .contains(inspection.digest().digest());
    assertThat(Json.tree(inspection).at("/parts/synthetic~1train/rows").asLong()).isEqualTo(100);
    assertThat(Json.tree(inspection).at("/digest/digest").asText())
        .isEqualTo(inspection.digest().digest());
  }

  @Test
  void aRefusedFolderSaysWhyItIsEmpty() throws IOException {
    Files.writeString(root.resolve("_REFUSED"), "{\"failures\": [\"coverage is 0.5\"]}");
    assertThatThrownBy(() -> DatasetInspection.of(root.toString(), false))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("coverage is 0.5")
        .extracting(e -> ((GraftException) e).exitCode())
        .isEqualTo(ExitCode.INPUT);
  }

  @Test
  void equalDatasetsOfDifferentRunsCompareAsTheSame() {
    String a = dataset("a", 100, 0);
    runId = "another";
    DatasetComparison comparison = DatasetComparison.of(a, dataset("b", 100, 0));
    assertThat(comparison.same()).isTrue();
    assertThat(comparison.toText()).isEqualTo("the same rows and schema\n");
  }

  @Test
  void namesWhatDiffers() {
    DatasetComparison comparison = DatasetComparison.of(dataset("a", 100, 0), dataset("b", 102, 0));
    assertThat(comparison.same()).isFalse();
    assertThat(comparison.schema()).isEmpty();
    assertThat(comparison.parts().get("synthetic/train")).containsExactly(100, 102);
    assertThat(comparison.parts().get("synthetic/train class cat")).containsExactly(50, 51);
    assertThat(comparison.parts()).doesNotContainKey("real/train");
    assertThat(comparison.toText()).contains("synthetic/train: 100 and 102");
  }

  @Test
  void namesTheColumnThatDiffers() {
    DatasetComparison comparison =
        DatasetComparison.of(dataset("a", 100, 0), dataset("b", 100, 0.5));
    assertThat(comparison.columns()).containsExactly("_graft.scores");
    assertThat(comparison.parts()).isEmpty();
    assertThat(comparison.rearranged()).isFalse();
  }

  @Test
  void namesChangedClasses() {
    String a = dataset("a", 100, 0);
    names = List.of("dog", "cat");
    DatasetComparison comparison = DatasetComparison.of(a, dataset("b", 100, 0));
    assertThat(comparison.schema()).containsExactly("label: classes [cat, dog] and [dog, cat]");
  }

  private String dataset(String name, int synthetic, double shift) {
    String directory = root.resolve(name).toString();
    List<Column> columns =
        List.of(new Column.Image("image"), new Column.ClassLabel("label", names));
    ShardWriter writer = new ShardWriter(directory);
    for (int shard = 0; shard < 2; shard++) {
      List<DatasetRow> rows = new ArrayList<>();
      for (int i = shard; i < synthetic; i += 2) {
        rows.add(row(SampleId.synthetic("a", 1, "x", i), i, true, i + shift));
      }
      writer.write(new ShardKey("data/synthetic/train", shard, 2), columns, rows);
    }
    List<DatasetRow> real = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      real.add(row(SampleId.real("x", i), i, false, 1e9));
    }
    writer.write(new ShardKey("data/real/train", 0, 1), columns, real);
    return directory;
  }

  private DatasetRow row(SampleId id, int index, boolean synthetic, double score) {
    return new DatasetRow(
        new Object[] {new MediaValue(new byte[] {1}, null), (long) (index % 2)},
        new Provenance(
            id.hex(),
            synthetic,
            null,
            null,
            null,
            null,
            List.of(),
            runId,
            Map.of("realism", score)));
  }
}
