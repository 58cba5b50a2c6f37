package dev.graft.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.parquet.Column.Value.Type;
import dev.graft.data.parquet.DatasetRow.Provenance;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DuckDB reads what Graft writes, and Graft reads what DuckDB writes. */
class ForeignFilesTest {
  @TempDir Path directory;

  @Test
  void spansGoToDuckDbAndComeBack() throws SQLException {
    Path file = directory.resolve("spans.parquet");
    Path foreign = directory.resolve("foreign.parquet");
    Column.Spans column = new Column.Spans("spans", List.of("city", "date"));
    List<List<SpanValue>> rows =
        List.of(
            List.of(new SpanValue(0, 4, "date"), new SpanValue(5, 6, "city")),
            List.of(),
            List.of(new SpanValue(7, 9, "city")));
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(file.toString(), List.of(column), Map.of())) {
      for (List<SpanValue> spans : rows) {
        writer.write(new DatasetRow(new Object[] {spans}, Provenance.real("0".repeat(32))));
      }
      writer.write(new DatasetRow(new Object[] {null}, Provenance.real("1".repeat(32))));
      writer.commit();
    }
    try (DatasetFileReader reader = DatasetFileReader.open(file.toString())) {
      assertThat(reader.columns()).containsExactly(column);
      List<Object> read = new ArrayList<>();
      reader.forEach(row -> read.add(row.values()[0]));
      assertThat(read).containsExactly(rows.get(0), rows.get(1), rows.get(2), null);
      assertThat(reader.footer().get("huggingface"))
          .contains(
              "\"spans\":{\"feature\":{\"start\":{\"dtype\":\"int32\",\"_type\":\"Value\"},\"end\":",
              "\"label\":{\"names\":[\"city\",\"date\"],\"_type\":\"ClassLabel\"}},\"_type\":\"List\"}");
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      try (ResultSet result =
          statement.executeQuery(
              "select typeof(spans), spans[1].\"end\", spans[1].label from '" + file + "'")) {
        result.next();
        assertThat(result.getString(1))
            .isEqualTo("STRUCT(\"start\" INTEGER, \"end\" INTEGER, \"label\" BIGINT)[]");
        assertThat(List.of(result.getInt(2), result.getInt(3))).containsExactly(4, 1);
      }
      statement.execute(
          "copy (select [{'text': 'x', 'start': 3::bigint, 'end': 5::bigint, 'label': 'city'},"
              + " {'text': 'y', 'start': null, 'end': 5, 'label': 'city'}] as entities) to '"
              + foreign
              + "' (format parquet)");
    }
    try (DatasetFileReader reader = DatasetFileReader.open(foreign.toString())) {
      assertThat(reader.columns()).containsExactly(new Column.Spans("entities", List.of()));
      List<?> spans = (List<?>) reader.iterator().next().values()[0];
      assertThat(spans.get(0)).isEqualTo(new SpanValue(3, 5, "city"));
      assertThat(spans.get(1)).isNull();
    }
  }

  @Test
  void duckDbReadsTheSameValues() throws SQLException {
    Path file = directory.resolve("rows.parquet");
    List<Column> columns =
        List.of(
            new Column.Image("image"),
            new Column.ClassLabel("label", List.of("cat", "dog")),
            new Column.Value("education-num", Type.DOUBLE));
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(file.toString(), columns, Map.of(), WriteProfile.PUBLISHED)) {
      for (int i = 0; i < 1000; i++) {
        Provenance provenance =
            new Provenance(
                String.format("%032x", i),
                i % 4 != 0,
                "vae",
                "v",
                5L,
                "label=" + i % 2,
                i % 2 == 0 ? List.of() : List.of("a", "b"),
                "run",
                Map.of("realism", i / 8.0));
        Object label = i % 10 == 0 ? null : (Object) (long) (i % 2);
        MediaValue image = new MediaValue(new byte[] {1, 2, (byte) i}, i + ".png");
        writer.write(new DatasetRow(new Object[] {image, label, i * 0.25}, provenance));
      }
      writer.commit();
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select count(*), count(label), sum(\"education-num\"),"
                    + " count(*) filter (where _graft.is_synthetic),"
                    + " sum(octet_length(image.bytes)), sum(len(_graft.source_ids)),"
                    + " sum(_graft.scores[1].value), min(_graft.scores[1].name)"
                    + " from '"
                    + file
                    + "'")) {
      assertThat(result.next()).isTrue();
      assertThat(result.getLong(1)).isEqualTo(1000);
      assertThat(result.getLong(2)).isEqualTo(900);
      assertThat(result.getDouble(3)).isEqualTo(499500 * 0.25);
      assertThat(result.getLong(4)).isEqualTo(750);
      assertThat(result.getLong(5)).isEqualTo(3000);
      assertThat(result.getLong(6)).isEqualTo(1000);
      assertThat(result.getDouble(7)).isEqualTo(499500 / 8.0);
      assertThat(result.getString(8)).isEqualTo("realism");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"snappy", "gzip", "zstd", "lz4_raw", "uncompressed"})
  void readsForeignImageFilesOfEveryCodec(String codec) throws SQLException {
    Path file = directory.resolve("foreign.parquet");
    duckDb(
        "copy (select {'bytes': ('image ' || i)::blob, 'path': i || '.png'} as image,"
            + " (i % 3)::bigint as label, (i % 7)::integer as age, (i / 2)::float as \"hours-per-week\","
            + " i % 2 = 0 as member, 'group ' || (i % 5) as \"group name\", [{'year': i}] as history"
            + " from range(5000) t(i)) to '"
            + file
            + "' (format parquet, codec '"
            + codec
            + "', row_group_size 2048)");
    try (DatasetFileReader reader = DatasetFileReader.open(file.toString())) {
      assertThat(reader.columns())
          .containsExactly(
              new Column.Image("image"),
              new Column.Value("label", Type.INT64),
              new Column.Value("age", Type.INT64),
              new Column.Value("hours-per-week", Type.DOUBLE),
              new Column.Value("member", Type.BOOLEAN),
              new Column.Value("group name", Type.STRING));
      assertThat(reader.unsupportedColumns()).containsExactly("history");
      assertThat(reader.hasProvenance()).isFalse();
      List<DatasetRow> rows = new ArrayList<>();
      reader.forEach(rows::add);
      assertThat(rows).hasSize(5000);
      DatasetRow row = rows.get(4321);
      assertThat(
              new String(
                  ((MediaValue) row.values()[0]).bytes(), java.nio.charset.StandardCharsets.UTF_8))
          .isEqualTo("image 4321");
      assertThat(((MediaValue) row.values()[0]).path()).isEqualTo("4321.png");
      assertThat(row.values()).endsWith(1L, 2L, 2160.5, false, "group 1");
      assertThat(row.provenance()).isNull();
    }
  }

  @Test
  void takesClassNamesFromAForeignFooter() throws SQLException {
    Path file = directory.resolve("foreign.parquet");
    String features =
        "{\"info\":{\"features\":{\"label\":{\"names\":[\"no\",\"yes\"],\"_type\":\"ClassLabel\"}}}}";
    duckDb(
        "copy (select (i % 2)::bigint as label from range(10) t(i)) to '"
            + file
            + "' (format parquet, kv_metadata {huggingface: '"
            + features
            + "'})");
    try (DatasetFileReader reader = DatasetFileReader.open(file.toString())) {
      assertThat(reader.columns())
          .containsExactly(new Column.ClassLabel("label", List.of("no", "yes")));
    }
  }

  private static void duckDb(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
