package dev.graft.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.parquet.Column.Value.Type;
import dev.graft.data.parquet.DatasetRow.Provenance;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns of lists: of labels, of numbers and of texts. */
class ListColumnsTest {
  private static final String ID = "0".repeat(32);
  private static final Column LABELS = Column.ListOf.labels("labels", List.of("cat", "dog"));
  private static final Column WORDS = new Column.ListOf("words", Type.STRING, List.of());

  @TempDir Path directory;

  private Path write(List<Object[]> rows) {
    Path file = directory.resolve("rows.parquet");
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(
            file.toString(), List.of(LABELS, WORDS), Map.of(), WriteProfile.PUBLISHED)) {
      rows.forEach(row -> writer.write(new DatasetRow(row, Provenance.real(ID))));
      writer.commit();
    }
    return file;
  }

  @Test
  void listsComeBackWithTheirHoles() throws SQLException {
    List<Object[]> rows = new ArrayList<>();
    rows.add(new Object[] {List.of(0L, 1L), List.of("a", "b", "a")});
    rows.add(new Object[] {List.of(), null});
    rows.add(new Object[] {null, Arrays.asList("c", null)});
    rows.add(new Object[] {List.of(1L), List.of("d")});
    Path file = write(rows);
    try (DatasetFileReader reader = DatasetFileReader.open(file.toString())) {
      assertThat(reader.columns()).containsExactly(LABELS, WORDS);
      List<Object[]> read = new ArrayList<>();
      reader.forEach(row -> read.add(row.values()));
      assertThat(read).usingRecursiveComparison().isEqualTo(rows);
      assertThat(reader.footer().get("huggingface"))
          .contains(
              "\"labels\":{\"feature\":{\"names\":[\"cat\",\"dog\"],\"_type\":\"ClassLabel\"},"
                  + "\"_type\":\"List\"}");
    }
    assertThat(duckDb("select typeof(labels), labels::varchar, words::varchar from '" + file + "'"))
        .containsExactly(
            "BIGINT[] [0, 1] [a, b, a]",
            "BIGINT[] [] null",
            "BIGINT[] null [c, NULL]",
            "BIGINT[] [1] [d]");
  }

  @Test
  void floatsAreOfSinglePrecision() throws SQLException {
    Column floats = new Column.Floats("probs");
    Path file = directory.resolve("floats.parquet");
    List<Object[]> rows = new ArrayList<>();
    rows.add(new Object[] {List.of((double) 0.1f, (double) 0.9f)});
    rows.add(new Object[] {null});
    rows.add(new Object[] {Arrays.asList(1.0, null)});
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(
            file.toString(), List.of(floats), Map.of(), WriteProfile.PUBLISHED)) {
      rows.forEach(row -> writer.write(new DatasetRow(row, Provenance.real(ID))));
      writer.commit();
    }
    try (DatasetFileReader reader = DatasetFileReader.open(file.toString())) {
      assertThat(reader.columns()).containsExactly(floats);
      List<Object[]> read = new ArrayList<>();
      reader.forEach(row -> read.add(row.values()));
      assertThat(read).usingRecursiveComparison().isEqualTo(rows);
      assertThat(reader.footer().get("huggingface"))
          .contains(
              "\"probs\":{\"feature\":{\"dtype\":\"float32\",\"_type\":\"Value\"},"
                  + "\"_type\":\"List\"}");
    }
    assertThat(duckDb("select typeof(probs), probs::varchar from '" + file + "'"))
        .containsExactly("FLOAT[] [0.1, 0.9]", "FLOAT[] null", "FLOAT[] [1.0, NULL]");
  }

  @Test
  void digestsTellListsApart() {
    Path file = write(List.<Object[]>of(new Object[] {List.of(0L, 1L), List.of("a")}));
    String before = PartDigest.ofFile(file.toString(), "p").content();
    write(List.<Object[]>of(new Object[] {List.of(0L), List.of("a")}));
    assertThat(PartDigest.ofFile(file.toString(), "p").content()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"feature\":{\"names\":[\"no\",\"yes\"],\"_type\":\"ClassLabel\"},\"_type\":\"List\"}",
        "{\"feature\":{\"names\":[\"no\",\"yes\"],\"_type\":\"ClassLabel\"},\"_type\":\"Sequence\"}",
        "[{\"names\":[\"no\",\"yes\"],\"_type\":\"ClassLabel\"}]"
      })
  void namesOfLabelsComeFromAForeignFooter(String feature) throws SQLException {
    Path file = directory.resolve("foreign.parquet");
    duckDb(
        "copy (select [(i % 2)::bigint, 1] as labels from range(10) t(i)) to '"
            + file
            + "' (format parquet, kv_metadata {huggingface: '{\"info\":{\"features\":{\"labels\":"
            + feature
            + "}}}'})");
    try (DatasetFileReader reader = DatasetFileReader.open(file.toString())) {
      assertThat(reader.columns())
          .containsExactly(Column.ListOf.labels("labels", List.of("no", "yes")));
      assertThat(reader.iterator().next().values()).containsExactly(List.of(0L, 1L));
    }
  }

  @Test
  void listsOfOtherTypesHaveNoColumn() throws SQLException {
    Path file = directory.resolve("foreign.parquet");
    duckDb(
        "copy (select [0.5] as a, [[1]] as b, [1::integer] as c) to '"
            + file
            + "' (format parquet)");
    try (DatasetFileReader reader = DatasetFileReader.open(file.toString())) {
      assertThat(reader.columns()).containsExactly(new Column.ListOf("c", Type.INT64, List.of()));
      assertThat(reader.unsupportedColumns()).containsExactly("a", "b");
    }
    assertThatThrownBy(() -> new Column.ListOf("a", Type.DOUBLE, List.of()))
        .hasMessageContaining("allowed: INT64, STRING");
  }

  /** Rows with a space between values; nothing for a statement without any. */
  private static List<String> duckDb(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      if (statement.execute(sql) && sql.startsWith("select")) {
        ResultSet result = statement.getResultSet();
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(String.valueOf(result.getString(i)));
          }
          rows.add(String.join(" ", row));
        }
      }
    }
    return rows;
  }
}
