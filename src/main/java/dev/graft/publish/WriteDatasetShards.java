package dev.graft.publish;

import dev.graft.data.Counters;
import dev.graft.data.RecordCoder;
import dev.graft.data.SampleId;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.DatasetRow;
import dev.graft.data.parquet.DatasetRowCoder;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Writes rows as sharded dataset files and gives one {@link WrittenShard} for each. Which file a
 * row is in and where in it depends on its sample id alone: files hold the same rows in the same
 * order at any parallelism, on any runner and after any retry. Every file appears whole; what is
 * not done here is to make them all appear at once (write to a folder of its own and rename that).
 *
 * <pre>{@code
 * rows.apply(WithKeys.of(row -> WriteDatasetShards.shard("data/train", 8, row)))
 *     .setCoder(WriteDatasetShards.inputCoder())
 *     .apply("WriteShards", WriteDatasetShards.to("/data/out", columns));
 * }</pre>
 *
 * <p>Rows of one shard are held in memory by the worker that writes it.
 */
public final class WriteDatasetShards
    extends PTransform<PCollection<KV<ShardKey, DatasetRow>>, PCollection<WrittenShard>> {
  private static final long serialVersionUID = 1L;

  private final String root;
  private final SerializableFunction<String, List<Column>> columns;

  private WriteDatasetShards(String root, SerializableFunction<String, List<Column>> columns) {
    this.root = root;
    this.columns = columns;
  }

  /** Writes files of the given columns below {@code root}. */
  public static WriteDatasetShards to(String root, List<Column> columns) {
    return new WriteDatasetShards(root, prefix -> columns);
  }

  /** Writes files whose columns, by shard prefix, are known only when the pipeline runs. */
  public static WriteDatasetShards to(
      String root, SerializableFunction<String, List<Column>> columns) {
    return new WriteDatasetShards(root, columns);
  }

  /** The coder of the rows that this transform takes. */
  public static Coder<KV<ShardKey, DatasetRow>> inputCoder() {
    return KvCoder.of(ShardKey.coder(), DatasetRowCoder.of());
  }

  /** The shard of a row, by its sample id. */
  public static ShardKey shard(String prefix, int count, DatasetRow row) {
    int index = SampleId.ofHex(row.provenance().sampleId()).shard(count);
    return new ShardKey(prefix, index, count);
  }

  /** An element that makes a shard's file exist even if no row falls into it. */
  public static KV<ShardKey, DatasetRow> opening(ShardKey key) {
    return KV.of(key, new DatasetRow(new Object[0], null));
  }

  @Override
  public PCollection<WrittenShard> expand(PCollection<KV<ShardKey, DatasetRow>> rows) {
    return rows.apply("GroupByShard", GroupByKey.create())
        .apply("WriteFiles", ParDo.of(new WriteFn(root, columns)))
        .setCoder(RecordCoder.of(WrittenShard.class));
  }

  private static final class WriteFn
      extends DoFn<KV<ShardKey, Iterable<DatasetRow>>, WrittenShard> {
    private static final long serialVersionUID = 1L;

    private final String root;
    private final SerializableFunction<String, List<Column>> columns;

    WriteFn(String root, SerializableFunction<String, List<Column>> columns) {
      this.root = root;
      this.columns = columns;
    }

    @ProcessElement
    public void process(
        @Element KV<ShardKey, Iterable<DatasetRow>> shard, OutputReceiver<WrittenShard> out) {
      ShardKey key = shard.getKey();
      WrittenShard written =
          new ShardWriter(root).write(key, columns.apply(key.prefix()), shard.getValue());
      Counters.named("written").inc(written.rows());
      Counters.named("bytes-written").inc(written.bytes());
      Counters.named("files").inc();
      out.output(written);
    }
  }
}
