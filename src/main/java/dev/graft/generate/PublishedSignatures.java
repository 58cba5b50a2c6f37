package dev.graft.generate;

import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.SampleId;
import dev.graft.data.parquet.DatasetFileReader;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.Projection;
import dev.graft.modality.BadRecord;
import dev.graft.modality.Modality;
import dev.graft.modality.PayloadCodec;
import dev.graft.modality.PublishedPayload;
import dev.graft.modality.SignatureScheme;
import dev.graft.select.OrderKey;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.function.BiConsumer;

/** Order keys and signatures of the synthetic rows of published files, a few rows at a time. */
final class PublishedSignatures {
  private static final int ROWS = 1024;

  private final PublishedPayload payload;
  private final PayloadCodec codec;
  private final SignatureScheme scheme;
  private final int rowSize;

  PublishedSignatures(Modality modality, DatasetSchema schema) {
    this.payload = PublishedPayload.of(schema);
    this.codec = modality.codec(schema);
    this.scheme = modality.signatures(schema);
    this.rowSize = schema.rowSize();
  }

  /**
   * Reads a file.
   *
   * @param date the run date of its dataset
   * @param out takes order keys, {@link OrderKey#published}, and signatures (rows, length)
   * @return synthetic rows that were read
   * @throws GraftException (exit 3) when the file is not what was published, or its rows are not
   *     like those of today
   */
  long read(String date, PublishedDate.Shard shard, BiConsumer<long[], byte[]> out) {
    long day = LocalDate.parse(date).toEpochDay();
    byte[] values = new byte[rowSize];
    long[] orders = new long[ROWS];
    byte[] signatures = new byte[ROWS * scheme.length()];
    int filled = 0;
    long read = 0;
    try (DatasetFileReader reader =
        DatasetFileReader.open(
            shard.location(), Projection.of(payload.names().toArray(new String[0])))) {
      if (reader.rowCount() != shard.rows() || !reader.hasProvenance()) {
        throw GraftException.input(
            "%s is not what was published: the manifest of its date says %d rows, it has %d;"
                + " restore it, or move the folder of %s elsewhere",
            shard.location(), shard.rows(), reader.rowCount(), date);
      }
      for (DatasetRow row : reader) {
        if (!row.provenance().synthetic()) {
          continue;
        }
        decode(row, values, shard.location());
        orders[filled] = OrderKey.published(day, SampleId.ofHex(row.provenance().sampleId()));
        byte[] signature = scheme.signature(values, 0);
        System.arraycopy(signature, 0, signatures, filled * signature.length, signature.length);
        filled++;
        read++;
        if (filled == ROWS) {
          out.accept(orders.clone(), signatures.clone());
          filled = 0;
        }
      }
    }
    if (filled > 0) {
      out.accept(
          Arrays.copyOf(orders, filled), Arrays.copyOf(signatures, filled * scheme.length()));
    }
    return read;
  }

  private void decode(DatasetRow row, byte[] values, String location) {
    try {
      codec.decode(payload.joined(row.values()), values, 0);
    } catch (BadRecord e) {
      throw GraftException.input(
          "row %s of %s cannot be compared with the rows of today: %s; publish to another place, or"
              + " leave out augment.exclude-published",
          row.provenance().sampleId(), location, e.getMessage());
    }
  }
}
