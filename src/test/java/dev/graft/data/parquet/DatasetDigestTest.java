package dev.graft.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.GraftException;
import dev.graft.data.parquet.Column.Value.Type;
import dev.graft.data.parquet.DatasetRow.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetDigestTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column.Image("image"),
          new Column.ClassLabel("label", List.of("cat", "dog")),
          new Column.Value("note", Type.STRING));

  @TempDir Path directory;

  @Test
  void orderShardsLayoutAndRunIdDoNotMatter() {
    List<DatasetRow> rows = rows(100, "run-1");
    String a = write("a", rows, 1, WriteProfile.PUBLISHED, COLUMNS);
    List<DatasetRow> shuffled = new ArrayList<>(rows(100, "run-2"));
    Collections.shuffle(shuffled, new Random(3));
    String b = write("b", shuffled, 4, WriteProfile.INTERNAL.withRowGroupRows(9), COLUMNS);
    assertThat(DatasetDigest.ofDirectory(b)).isEqualTo(DatasetDigest.ofDirectory(a));
    assertThat(DatasetDigest.ofDirectory(a).rows()).isEqualTo(Map.of("synthetic/train", 100L));
  }

  @Test
  void aDifferentValueChangesTheDigestOfItsColumnAlone() {
    assertOnlyDiffers(
        "note", row -> new DatasetRow(with(row.values(), 2, "other"), row.provenance()));
    assertOnlyDiffers("label", row -> new DatasetRow(with(row.values(), 1, 0L), row.provenance()));
    assertOnlyDiffers(
        "label", row -> new DatasetRow(with(row.values(), 1, null), row.provenance()));
    assertOnlyDiffers(
        "image",
        row -> {
          byte[] bytes = ((MediaValue) row.values()[0]).bytes().clone();
          bytes[0] ^= 1;
          return new DatasetRow(
              with(row.values(), 0, new MediaValue(bytes, "17.png")), row.provenance());
        });
    assertOnlyDiffers(
        "_graft.scores",
        row -> {
          Provenance p = row.provenance();
          return new DatasetRow(
              row.values(),
              new Provenance(
                  p.sampleId(),
                  p.synthetic(),
                  p.generator(),
                  p.modelVersion(),
                  p.seed(),
                  p.condition(),
                  p.sourceIds(),
                  p.runId(),
                  Map.of("realism", Math.nextUp(p.scores().get("realism")))));
        });
  }

  @Test
  void valuesSwappedBetweenRowsChangeTheDigestButNoColumn() {
    List<DatasetRow> rows = new ArrayList<>(rows(100, "run"));
    String a = write("a", rows, 2, WriteProfile.INTERNAL, COLUMNS);
    Object first = rows.get(0).values()[2];
    Object second = rows.get(1).values()[2];
    rows.set(0, new DatasetRow(with(rows.get(0).values(), 2, second), rows.get(0).provenance()));
    rows.set(1, new DatasetRow(with(rows.get(1).values(), 2, first), rows.get(1).provenance()));
    String b = write("b", rows, 2, WriteProfile.INTERNAL, COLUMNS);
    DatasetDigest before = DatasetDigest.ofDirectory(a);
    DatasetDigest after = DatasetDigest.ofDirectory(b);
    assertThat(after.digest()).isNotEqualTo(before.digest());
    assertThat(after.columns()).isEqualTo(before.columns());
  }

  @Test
  void aRowTwiceIsNotARowOnce() {
    List<DatasetRow> rows = rows(10, "run");
    List<DatasetRow> doubled = new ArrayList<>(rows);
    doubled.add(rows.get(3));
    assertThat(digest("a", doubled, COLUMNS)).isNotEqualTo(digest("b", rows, COLUMNS));
  }

  @Test
  void classNamesArePartOfTheDigest() {
    List<Column> renamed = new ArrayList<>(COLUMNS);
    renamed.set(1, new Column.ClassLabel("label", List.of("dog", "cat")));
    List<DatasetRow> rows = rows(10, "run");
    assertThat(digest("a", rows, renamed)).isNotEqualTo(digest("b", rows, COLUMNS));
  }

  @Test
  void hiddenFoldersDoNotCount() throws IOException {
    String a = write("a", rows(10, "run"), 1, WriteProfile.INTERNAL, COLUMNS);
    DatasetDigest before = DatasetDigest.ofDirectory(a);
    Path hidden = Files.createDirectories(Path.of(a, "data", "_rejected"));
    Files.copy(
        Path.of(a, "data", "synthetic", "train-00000-of-00001.parquet"),
        hidden.resolve("train-00000-of-00001.parquet"));
    assertThat(DatasetDigest.ofDirectory(a)).isEqualTo(before);
  }

  @Test
  void aFolderWithoutParquetIsAnInputError() {
    assertThatThrownBy(() -> DatasetDigest.ofDirectory(directory.toString()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("no Parquet file");
  }

  private void assertOnlyDiffers(String column, UnaryOperator<DatasetRow> change) {
    List<DatasetRow> rows = new ArrayList<>(rows(50, "run"));
    DatasetDigest before =
        DatasetDigest.ofDirectory(write("before", rows, 2, WriteProfile.INTERNAL, COLUMNS));
    rows.set(17, change.apply(rows.get(17)));
    DatasetDigest after =
        DatasetDigest.ofDirectory(write("after", rows, 2, WriteProfile.INTERNAL, COLUMNS));
    assertThat(after.digest()).isNotEqualTo(before.digest());
    assertThat(
            before.columns().keySet().stream()
                .filter(name -> !after.columns().get(name).equals(before.columns().get(name))))
        .containsExactly(column);
  }

  private String digest(String name, List<DatasetRow> rows, List<Column> columns) {
    return DatasetDigest.ofDirectory(write(name, rows, 1, WriteProfile.INTERNAL, columns)).digest();
  }

  private String write(
      String name, List<DatasetRow> rows, int shards, WriteProfile profile, List<Column> columns) {
    Path root = directory.resolve(name);
    for (int shard = 0; shard < shards; shard++) {
      Path file =
          root.resolve(String.format("data/synthetic/train-%05d-of-%05d.parquet", shard, shards));
      try (DatasetFileWriter writer =
          DatasetFileWriter.open(file.toString(), columns, Map.of(), profile)) {
        for (int i = shard; i < rows.size(); i += shards) {
          writer.write(rows.get(i));
        }
        writer.commit();
      }
    }
    return root.toString();
  }

  private static Object[] with(Object[] values, int index, Object value) {
    Object[] copy = values.clone();
    copy[index] = value;
    return copy;
  }

  private static List<DatasetRow> rows(int count, String runId) {
    List<DatasetRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new DatasetRow(
              new Object[] {new MediaValue(new byte[] {(byte) i, 2}, i + ".png"), 1L, "row " + i},
              new Provenance(
                  String.format("%032x", i),
                  true,
                  "vae",
                  "v",
                  7L,
                  "label=1",
                  List.of(),
                  runId,
                  Map.of("realism", i / 3.0))));
    }
    return rows;
  }
}
