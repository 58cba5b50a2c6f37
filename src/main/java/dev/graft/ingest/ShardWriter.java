package dev.graft.ingest;

import dev.graft.data.Counters;
import dev.graft.data.Part;
import dev.graft.data.SampleId;
import dev.graft.data.io.Storage;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetFileWriter;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRow.Provenance;
import dev.graft.data.parquet.WriteProfile;
import dev.graft.ingest.RowKeys.RowKey;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.modality.PayloadCodec;
import dev.graft.modality.StoredPayload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** Writes one shard: its rows by part, each part in a file of its own, ordered by id. */
final class ShardWriter {
  static final String LABEL = "label";
  private static final int MOST_ROWS = 8192;
  private static final int FEWEST_ROWS = 16;
  private static final long BYTES = 64L << 20;

  private record Row(RowBatch batch, int row) {
    SampleId id() {
      return batch.ids()[row];
    }
  }

  private final String directory;
  private final SplitPlan plan;
  private final int shard;
  private final int shards;
  private final Map<Part, List<Row>> rows = new EnumMap<>(Part.class);

  /**
   * @param directory the attempt's folder
   * @param plan parts of rows
   * @param shard number of this shard
   * @param shards how many there are
   */
  ShardWriter(String directory, SplitPlan plan, int shard, int shards) {
    this.directory = directory;
    this.plan = plan;
    this.shard = shard;
    this.shards = shards;
  }

  /** The number of shards: about {@value #MOST_ROWS} rows or 64 MiB of values in each. */
  static int shards(long sourceRows, int rowSize) {
    long perShard = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, BYTES / rowSize));
    return Math.toIntExact(Math.max(1, (sourceRows + perShard - 1) / perShard));
  }

  void add(RowBatch batch) {
    for (int row = 0; row < batch.size(); row++) {
      Row taken = new Row(batch, row);
      plan.part(batch, row)
          .ifPresentOrElse(
              part -> rows.computeIfAbsent(part, of -> new ArrayList<>()).add(taken),
              () -> Counters.named("left-out").inc());
    }
  }

  /** Writes the files and tells {@code keys} of every row. */
  WriteReport write(Consumer<RowKey> keys) {
    WriteReport report = new WriteReport();
    for (Map.Entry<Part, List<Row>> part : rows.entrySet()) {
      part.getValue().sort(Comparator.comparing(Row::id));
      String name =
          String.format(
              Locale.ROOT, "shards/%s-%05d-of-%05d.parquet", part.getKey().key(), shard, shards);
      writeFile(Storage.resolve(directory, name), part.getValue());
      report.files.add(new ShardFile(part.getKey().key(), name, part.getValue().size()));
      for (Row row : part.getValue()) {
        RowBatch batch = row.batch;
        int label = batch.labels()[row.row];
        report.add(
            part.getKey(),
            label,
            Moments.NONE.plus(batch.values(), row.row * batch.rowSize(), batch.rowSize()));
        if (batch.synthetic()[row.row]) {
          report.addSynthetic(part.getKey(), label, 1);
        }
        keys.accept(
            new RowKey(SplitRule.contentKey(batch, row.row), row.id(), label, part.getKey()));
      }
    }
    return report;
  }

  private void writeFile(String location, List<Row> ordered) {
    Modality modality = Modalities.get(plan.schema().modality());
    PayloadCodec codec = modality.codec(plan.schema());
    Column payload = modality.payloadColumn();
    List<Column> columns = List.of(payload, new Column.ClassLabel(LABEL, plan.schema().classes()));
    try (DatasetFileWriter writer =
        DatasetFileWriter.open(location, columns, Map.of(), WriteProfile.INTERNAL)) {
      for (Row row : ordered) {
        RowBatch batch = row.batch;
        byte[] stored = codec.encode(batch.values(), row.row * batch.rowSize());
        Object value = StoredPayload.toColumn(payload, stored, null);
        writer.write(
            new DatasetRow(
                new Object[] {value, (long) batch.labels()[row.row]},
                provenance(row.id().hex(), batch.synthetic()[row.row])));
      }
      writer.commit();
    }
    Counters.named("written").inc(ordered.size());
    Counters.named("bytes-written").inc(Storage.size(location));
  }

  private static Provenance provenance(String id, boolean synthetic) {
    return synthetic
        ? new Provenance(id, true, null, null, null, null, List.of(), null, Map.of())
        : Provenance.real(id);
  }
}
