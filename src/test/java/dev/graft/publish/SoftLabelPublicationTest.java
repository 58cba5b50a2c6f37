package dev.graft.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetFiles;
import dev.graft.data.parquet.DatasetRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PUBLISH where candidates have soft labels. */
class SoftLabelPublicationTest {
  @TempDir Path root;

  @Test
  void softLabelsArePublishedWithSyntheticRowsAlone() {
    UpstreamOutputs upstream = new UpstreamOutputs(root);
    upstream.softLabels = true;
    PublishStageTest.publish(upstream.write(), "DirectRunner");
    List<Double> labels = List.of(0.25, 0.5, 0.25);
    assertThat(rows("synthetic/train")).allMatch(row -> labels.equals(row.values()[2]));
    for (String part : List.of("real/train", "real/validation", "real/test")) {
      assertThat(rows(part)).isNotEmpty().allMatch(row -> row.values()[2] == null);
    }
    Path published = root.resolve("dt=2026-11-22");
    try (DatasetFileReader reader =
        DatasetFileReader.open(published + "/_rejected/rejected-00000-of-00001.parquet")) {
      assertThat(reader)
          .isNotEmpty()
          .allMatch(row -> labels.equals(row.values()[2]) && row.values()[3] != null);
    }
    assertThat(published.resolve("README.md"))
        .content()
        .contains("  - name: label_probs\n    list: float32\n")
        .contains("| `label_probs` | soft label: the judge's probability of each class")
        .contains("`label_probs` is what the judge takes each synthetic row for");
    Manifest manifest = Manifest.read(published.toString()).orElseThrow();
    assertThat(manifest.payload().names()).containsExactly("image");
    assertThatThrownBy(
            () -> SchemaGuard.check(manifest.columns(), manifest.columns().subList(0, 2), "before"))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(
            "columns were [image, label, label_probs], now they are [image, label]");
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
