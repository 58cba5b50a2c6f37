package dev.graft.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.ExitCode;
import dev.graft.data.GraftException;
import dev.graft.data.parquet.Column.Value.Type;
import dev.graft.data.parquet.DatasetRow.Provenance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetFileTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column.Image("image"),
          new Column.ClassLabel("label", List.of("cat", "dog")),
          new Column.Value("education-num", Type.DOUBLE),
          new Column.Value("name of owner", Type.STRING));

  @TempDir Path directory;
  private String location;

  @BeforeEach
  void chooseLocation() {
    location = directory.resolve("rows.parquet").toString();
  }

  @Test
  void readsBackWhatWasWritten() {
    List<DatasetRow> rows = rows(250);
    write(rows, WriteProfile.PUBLISHED);
    try (DatasetFileReader reader = DatasetFileReader.open(location)) {
      assertThat(reader.columns()).isEqualTo(COLUMNS);
      assertThat(reader.rowCount()).isEqualTo(250);
      assertThat(reader.footer()).containsEntry("graft.part", "train");
      assertSameRows(reader, rows);
    }
  }

  @Test
  void readsRowGroupsSeparately() {
    List<DatasetRow> rows = rows(25);
    write(rows, WriteProfile.INTERNAL.withRowGroupRows(10));
    try (DatasetFileReader reader = DatasetFileReader.open(location)) {
      assertThat(reader.rowGroups()).containsExactly(10L, 10L, 5L);
      assertSameRows(reader.rows(1, 3), rows.subList(10, 25));
    }
  }

  @Test
  void projectionGivesTheAskedColumnsInTheAskedOrder() {
    write(rows(3), WriteProfile.INTERNAL);
    Projection projection = Projection.of("education-num", "label").withoutProvenance();
    try (DatasetFileReader reader = DatasetFileReader.open(location, projection)) {
      DatasetRow row = reader.iterator().next();
      assertThat(row.values()).containsExactly(0.5, 0L);
      assertThat(row.provenance()).isNull();
    }
  }

  @Test
  void projectionOfAnUnknownColumnNamesThoseThatExist() {
    write(rows(3), WriteProfile.INTERNAL);
    assertThatThrownBy(() -> DatasetFileReader.open(location, Projection.of("lable")))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("\"lable\"")
        .hasMessageContaining("label")
        .extracting(e -> ((GraftException) e).exitCode())
        .isEqualTo(ExitCode.INPUT);
  }

  @Test
  void nothingIsLeftWithoutCommit() throws IOException {
    try (DatasetFileWriter writer = DatasetFileWriter.open(location, COLUMNS, Map.of())) {
      rows(10).forEach(writer::write);
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void nothingIsLeftWhenARowIsRefused() throws IOException {
    assertThatThrownBy(
            () -> {
              try (DatasetFileWriter writer = DatasetFileWriter.open(location, COLUMNS, Map.of())) {
                writer.write(new DatasetRow(new Object[] {null, "cat", null, null}, null));
                writer.commit();
              }
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void theFileAppearsWholeOnCommit() throws IOException {
    try (DatasetFileWriter writer = DatasetFileWriter.open(location, COLUMNS, Map.of())) {
      rows(10).forEach(writer::write);
      assertThat(Path.of(location)).doesNotExist();
      writer.commit();
      assertThat(Path.of(location)).exists();
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "_graft"})
  void refusesReservedAndBlankColumnNames(String name) {
    List<Column> columns = List.of(new Column.Value(name, Type.STRING));
    assertThatThrownBy(() -> DatasetFileWriter.open(location, columns, Map.of()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("\"" + name + "\"");
  }

  @Test
  void refusesTwoColumnsOfOneName() {
    List<Column> columns =
        List.of(new Column.Value("a", Type.STRING), new Column.Value("a", Type.INT64));
    assertThatThrownBy(() -> DatasetFileWriter.open(location, columns, Map.of()))
        .isInstanceOf(GraftException.class)
        .hasMessageContaining("\"a\"");
  }

  @Test
  void aMissingFileIsAnInputError() {
    assertInputError("does not exist");
  }

  @Test
  void aFileOfAnotherKindIsAnInputError() throws IOException {
    Files.writeString(Path.of(location), "label,name\n1,Rex\n".repeat(20));
    assertInputError("not a Parquet file");
  }

  @Test
  void anEmptyFileIsAnInputError() throws IOException {
    Files.write(Path.of(location), new byte[0]);
    assertInputError("not a Parquet file");
  }

  @Test
  void aTruncatedFileIsAnInputError() throws IOException {
    write(rows(50), WriteProfile.PUBLISHED);
    byte[] whole = Files.readAllBytes(Path.of(location));
    Files.write(Path.of(location), Arrays.copyOf(whole, whole.length / 2));
    assertInputError("not a Parquet file");
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1000, 3000})
  void aFlippedByteIsAnInputError(int position) throws IOException {
    write(rows(50), WriteProfile.PUBLISHED);
    byte[] whole = Files.readAllBytes(Path.of(location));
    whole[position] ^= 0x55;
    Files.write(Path.of(location), whole);
    assertInputError("cannot read");
  }

  private void assertInputError(String cause) {
    assertThatThrownBy(
            () -> {
              try (DatasetFileReader reader = DatasetFileReader.open(location)) {
                reader.forEach(row -> {});
              }
            })
        .isInstanceOf(GraftException.class)
        .hasMessageContaining(location)
        .hasMessageContaining(cause)
        .extracting(e -> ((GraftException) e).exitCode())
        .isEqualTo(ExitCode.INPUT);
  }

  private void write(List<DatasetRow> rows, WriteProfile profile) {
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(location, COLUMNS, Map.of("graft.part", "train"), profile)) {
      rows.forEach(writer::write);
      writer.commit();
      assertThat(writer.rows()).isEqualTo(rows.size());
    }
  }

  static void assertSameRows(Iterable<DatasetRow> actual, List<DatasetRow> expected) {
    List<List<Object>> read = new ArrayList<>();
    actual.forEach(row -> read.add(comparable(row)));
    assertThat(read).isEqualTo(expected.stream().map(DatasetFileTest::comparable).toList());
  }

  private static List<Object> comparable(DatasetRow row) {
    List<Object> values = new ArrayList<>();
    for (Object value : row.values()) {
      if (value instanceof MediaValue media) {
        values.add(Arrays.asList("media", text(media.bytes()), media.path()));
      } else {
        values.add(value instanceof byte[] bytes ? text(bytes) : value);
      }
    }
    values.add(row.provenance());
    return values;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : "bytes " + HexFormat.of().formatHex(bytes);
  }

  private static List<DatasetRow> rows(int count) {
    List<DatasetRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = ("image " + i).repeat(20).getBytes(StandardCharsets.UTF_8);
      Provenance provenance =
          new Provenance(
              String.format("%032x", i),
              i % 2 == 0,
              i % 3 == 0 ? null : "vae",
              "digest",
              i % 5 == 0 ? null : (long) i,
              "label=" + i % 2,
              i % 4 == 0 ? List.of() : List.of("a" + i, "b"),
              "run",
              i % 4 == 1 ? Map.of() : Map.of("realism", i / 7.0, "novelty", 1.0));
      rows.add(
          new DatasetRow(
              new Object[] {
                i % 11 == 7 ? null : new MediaValue(bytes, i + ".png"),
                i % 11 == 8 ? null : (Long) (long) (i % 2),
                i + 0.5,
                i % 11 == 9 ? null : "Zoë \uD83D\uDC31 " + i
              },
              i % 11 == 10 ? null : provenance));
    }
    return rows;
  }
}
