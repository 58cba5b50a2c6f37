package dev.graft.modality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.Column.Value.Type;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.WriteProfile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StoredPayloadTest {
  @TempDir Path directory;

  static Stream<Column> columns() {
    return Stream.of(
        new Column.Image("x"),
        new Column.Value("x", Type.STRING),
        new Column.Value("x", Type.BINARY));
  }

  @ParameterizedTest
  @MethodSource("columns")
  void everyKindOfColumnGivesBackWhatWasStored(Column column) {
    byte[] payload = "ein Wört".getBytes(StandardCharsets.UTF_8);
    String file = directory.resolve("x.parquet").toString();
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(file, List.of(column), Map.of(), WriteProfile.INTERNAL)) {
      Object value = StoredPayload.toColumn(column, payload, "a.x");
      writer.write(new DatasetRow(new Object[] {value}, null));
      writer.commit();
    }
    try (DatasetFileReader reader = DatasetFileReader.open(file)) {
      for (DatasetRow row : reader) {
        assertThat(StoredPayload.toBytes(row.values()[0])).isEqualTo(payload);
      }
      assertThat(reader.rowCount()).isEqualTo(1);
    }
  }
}
