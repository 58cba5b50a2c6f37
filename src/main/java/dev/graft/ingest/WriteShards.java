package dev.graft.ingest;

import dev.graft.data.RecordCoder;
import dev.graft.ingest.RowKeys.RowKey;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.BigEndianIntegerCoder;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Moves every row to its shard, once, and writes the shards; gives exactly one report. Rows of a
 * shard must fit in memory together: about 64 MiB of values.
 */
final class WriteShards extends PTransform<PCollection<RowBatch>, PCollection<WriteReport>> {
  private static final long serialVersionUID = 1L;

  private static final int DUPLICATE_BUCKETS = 32;
  private static final TupleTag<WriteReport> REPORTS = new TupleTag<>("reports") {};
  private static final TupleTag<KV<Integer, byte[]>> KEYS = new TupleTag<>("keys") {};

  private final String directory;
  private final PCollectionView<SplitPlan> planView;

  WriteShards(String directory, PCollectionView<SplitPlan> planView) {
    this.directory = directory;
    this.planView = planView;
  }

  @Override
  public PCollection<WriteReport> expand(PCollection<RowBatch> rows) {
    RecordCoder<WriteReport> reportCoder = RecordCoder.of(WriteReport.class);
    PCollectionTuple written =
        rows.apply("ToShards", ParDo.of(new ToShardsFn()))
            .setCoder(KvCoder.of(BigEndianIntegerCoder.of(), RowBatchCoder.of()))
            .apply("GroupByShard", GroupByKey.create())
            .apply(
                "WriteShard",
                ParDo.of(new WriteShardFn(directory, planView))
                    .withSideInputs(planView)
                    .withOutputTags(REPORTS, TupleTagList.of(KEYS)));
    PCollection<WriteReport> duplicates =
        written
            .get(KEYS)
            .setCoder(KvCoder.of(BigEndianIntegerCoder.of(), ByteArrayCoder.of()))
            .apply("GroupByContent", GroupByKey.create())
            .apply("FindDuplicates", ParDo.of(new FindDuplicatesFn()))
            .setCoder(reportCoder);
    return PCollectionList.of(written.get(REPORTS).setCoder(reportCoder))
        .and(duplicates)
        .apply("BothReports", Flatten.pCollections())
        .apply("MergeReports", Combine.globally(new WriteReport.Merge()))
        .setCoder(reportCoder);
  }

  private static final class ToShardsFn extends DoFn<RowBatch, KV<Integer, RowBatch>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element RowBatch batch, OutputReceiver<KV<Integer, RowBatch>> out) {
      int shards = ShardWriter.shards(batch.sourceRows(), batch.rowSize());
      int[] rows = new int[batch.size()];
      for (int shard = 0; shard < shards; shard++) {
        int count = 0;
        for (int row = 0; row < batch.size(); row++) {
          if (batch.ids()[row].shard(shards) == shard) {
            rows[count++] = row;
          }
        }
        if (count > 0) {
          out.output(KV.of(shard, batch.select(rows, count)));
        }
      }
    }
  }

  private static final class WriteShardFn
      extends DoFn<KV<Integer, Iterable<RowBatch>>, WriteReport> {
    private static final long serialVersionUID = 1L;

    private final String directory;
    private final PCollectionView<SplitPlan> planView;

    WriteShardFn(String directory, PCollectionView<SplitPlan> planView) {
      this.directory = directory;
      this.planView = planView;
    }

    @ProcessElement
    public void process(ProcessContext process, MultiOutputReceiver out) {
      SplitPlan plan = process.sideInput(planView);
      ShardWriter writer = null;
      for (RowBatch batch : process.element().getValue()) {
        if (writer == null) {
          int shards = ShardWriter.shards(batch.sourceRows(), batch.rowSize());
          writer = new ShardWriter(directory, plan, process.element().getKey(), shards);
        }
        writer.add(batch);
      }
      if (writer == null) {
        return;
      }
      Map<Integer, RowKeys> buckets = new TreeMap<>();
      out.get(REPORTS).output(writer.write(key -> bucket(buckets, key).add(key)));
      buckets.forEach((bucket, keys) -> out.get(KEYS).output(KV.of(bucket, keys.toBytes())));
    }

    private static RowKeys bucket(Map<Integer, RowKeys> buckets, RowKey key) {
      return buckets.computeIfAbsent(
          key.content().shard(DUPLICATE_BUCKETS), bucket -> new RowKeys());
    }
  }

  private static final class FindDuplicatesFn
      extends DoFn<KV<Integer, Iterable<byte[]>>, WriteReport> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, Iterable<byte[]>> bucket, OutputReceiver<WriteReport> out) {
      out.output(WriteReport.of(Duplicates.among(bucket.getValue())));
    }
  }
}
