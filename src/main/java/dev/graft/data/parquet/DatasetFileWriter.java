package dev.graft.data.parquet;

import dev.graft.data.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Writes one dataset file: the given columns and the {@code _graft} struct, with Hugging Face
 * features in the footer. The file appears whole, under its name, when {@link #commit} returns;
 * {@link #close} before that leaves nothing behind, so that an exception between {@code open} and
 * {@code commit} publishes nothing:
 *
 * <pre>{@code
 * try (DatasetFileWriter writer = DatasetFileWriter.open(location, columns, Map.of())) {
 *   for (DatasetRow row : rows) {
 *     writer.write(row);
 *   }
 *   writer.commit();
 * }
 * }</pre>
 */
public final class DatasetFileWriter implements AutoCloseable {
  private static final int MEDIA_ROWS_BETWEEN_SIZE_CHECKS = 10;

  private final String location;
  private final String temporary;
  private final StorageOutputFile file;
  private final ParquetWriter<DatasetRow> writer;
  private final Map<String, String> notes = new HashMap<>();
  private long rows;
  private boolean finished;

  private DatasetFileWriter(
      String location, List<Column> columns, Map<String, String> footer, WriteProfile profile)
      throws IOException {
    this.location = location;
    this.temporary = Storage.temporaryName(location);
    this.file = new StorageOutputFile(temporary);
    MessageType schema = ParquetSchema.of(columns);
    Builder builder = new Builder(file, schema, List.copyOf(columns), notes);
    builder
        .withConf(new PlainParquetConfiguration())
        .withCodecFactory(new ParquetCodecs())
        .withCompressionCodec(
            profile.compressed() ? CompressionCodecName.ZSTD : CompressionCodecName.UNCOMPRESSED)
        .withRowGroupSize(profile.rowGroupBytes())
        .withRowGroupRowCountLimit(profile.rowGroupRows())
        .withStatisticsEnabled(profile.indexed())
        .withSizeStatisticsEnabled(false)
        .withExtraMetaData(withFeatures(columns, footer));
    for (String unique : ParquetSchema.UNIQUE_VALUES) {
      builder.withDictionaryEncoding(unique, false);
    }
    for (Column column : columns) {
      if (column instanceof Column.Value value && value.type() == Column.Value.Type.BINARY) {
        builder.withDictionaryEncoding(column.name(), false);
      } else if (column instanceof Column.Image) {
        String bytes = column.name() + "." + ParquetSchema.BYTES;
        builder
            .withCompressionCodec(bytes, CompressionCodecName.UNCOMPRESSED)
            .withDictionaryEncoding(bytes, false)
            .withDictionaryEncoding(column.name() + "." + ParquetSchema.PATH, false)
            .withStatisticsEnabled(bytes, false)
            .withMinRowCountForPageSizeCheck(MEDIA_ROWS_BETWEEN_SIZE_CHECKS);
      }
    }
    try {
      this.writer = builder.build();
    } catch (IOException | RuntimeException e) {
      discard();
      throw e;
    }
  }

  /** Opens a file of the profile {@link WriteProfile#PUBLISHED}. */
  public static DatasetFileWriter open(
      String location, List<Column> columns, Map<String, String> footer) {
    return open(location, columns, footer, WriteProfile.PUBLISHED);
  }

  /**
   * @param location where the file appears
   * @param columns all but {@code _graft}
   * @param footer further key-value metadata
   * @param profile layout
   */
  public static DatasetFileWriter open(
      String location, List<Column> columns, Map<String, String> footer, WriteProfile profile) {
    try {
      return new DatasetFileWriter(location, columns, footer, profile);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + location + ": " + e.getMessage(), e);
    }
  }

  public void write(DatasetRow row) {
    try {
      writer.write(row);
      rows++;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + location + ": " + e.getMessage(), e);
    }
  }

  /** Adds key-value metadata that is known after rows are written; before {@link #commit}. */
  public void note(Map<String, String> further) {
    notes.putAll(further);
  }

  /** Rows written so far. */
  public long rows() {
    return rows;
  }

  /** Finishes the file and gives it its name; replaces an existing one. */
  public void commit() {
    if (finished) {
      throw new IllegalStateException(location + " is already closed");
    }
    try {
      writer.close();
      Storage.move(temporary, location);
      finished = true;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + location + ": " + e.getMessage(), e);
    }
  }

  /** Drops the file unless {@link #commit} has succeeded. */
  @Override
  public void close() {
    if (!finished) {
      finished = true;
      discard();
    }
  }

  private void discard() {
    file.release();
    Storage.delete(temporary);
  }

  private static Map<String, String> withFeatures(
      List<Column> columns, Map<String, String> footer) {
    Map<String, String> all = new HashMap<>(footer);
    all.put(HuggingFaceFeatures.KEY, HuggingFaceFeatures.footer(columns));
    return all;
  }

  private static final class Builder extends ParquetWriter.Builder<DatasetRow, Builder> {
    private final MessageType schema;
    private final List<Column> columns;
    private final Map<String, String> notes;

    Builder(OutputFile file, MessageType schema, List<Column> columns, Map<String, String> notes) {
      super(file);
      this.schema = schema;
      this.columns = columns;
      this.notes = notes;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<DatasetRow> getWriteSupport(Configuration configuration) {
      return new RowWriteSupport(schema, columns, notes);
    }

    @Override
    protected WriteSupport<DatasetRow> getWriteSupport(ParquetConfiguration configuration) {
      return new RowWriteSupport(schema, columns, notes);
    }
  }
}
