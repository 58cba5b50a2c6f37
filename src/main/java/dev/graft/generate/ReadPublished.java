package dev.graft.generate;

import dev.graft.data.Counters;
import dev.graft.data.RecordCoder;
import dev.graft.select.DuplicateEntries;
import dev.graft.select.NearDuplicates;
import dev.graft.stage.SpreadEvenly;
import java.io.Serializable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SimpleFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * The rows published under earlier dates, in the buckets where they meet the candidates of a round;
 * keyed by shard of buckets. A round without ranges reads nothing. Files are streamed, one to a
 * worker at a time; only keys and signatures move.
 */
final class ReadPublished
    extends PTransform<PCollection<CandidateRange>, PCollection<KV<Integer, DuplicateEntries>>> {
  private static final long serialVersionUID = 1L;

  private final AugmentScope scope;

  ReadPublished(AugmentScope scope) {
    this.scope = scope;
  }

  @Override
  public PCollection<KV<Integer, DuplicateEntries>> expand(PCollection<CandidateRange> ranges) {
    return ranges
        .apply("Begin", MapElements.via(new BeginFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), VarIntCoder.of()))
        .apply("Once", GroupByKey.create())
        .apply("ListFiles", ParDo.of(new ListFn(scope)))
        .setCoder(RecordCoder.of(PublishedFile.class))
        .apply("Spread", SpreadEvenly.by(PublishedFile::turn))
        .apply("Read", ParDo.of(new ReadFn(scope)))
        .setCoder(KvCoder.of(VarIntCoder.of(), DuplicateEntriesCoder.of()));
  }

  /**
   * One file to read.
   *
   * @param turn its turn when files are handed out
   */
  record PublishedFile(String date, PublishedDate.Shard shard, int turn) implements Serializable {}

  private static final class BeginFn extends SimpleFunction<CandidateRange, KV<Integer, Integer>> {
    private static final long serialVersionUID = 1L;

    @Override
    public KV<Integer, Integer> apply(CandidateRange range) {
      return KV.of(0, 0);
    }
  }

  private static final class ListFn
      extends AugmentFn<KV<Integer, Iterable<Integer>>, PublishedFile> {
    private static final long serialVersionUID = 1L;

    ListFn(AugmentScope scope) {
      super(scope);
    }

    @DoFn.ProcessElement
    public void process(OutputReceiver<PublishedFile> out) {
      int turn = 0;
      for (PublishedDate date : guarded(() -> run().published())) {
        for (PublishedDate.Shard shard : date.shards()) {
          out.output(new PublishedFile(date.date(), shard, turn++));
        }
      }
    }
  }

  private static final class ReadFn
      extends AugmentFn<PublishedFile, KV<Integer, DuplicateEntries>> {
    private static final long serialVersionUID = 1L;

    private final Counter read = Counters.named("published-read");

    ReadFn(AugmentScope scope) {
      super(scope);
    }

    @DoFn.ProcessElement
    public void process(
        @DoFn.Element PublishedFile file, OutputReceiver<KV<Integer, DuplicateEntries>> out) {
      AugmentRun run = run();
      NearDuplicates search = run.nearDuplicates();
      read.inc(
          guarded(
              () -> {
                int shards = run.duplicateShards();
                return run.publishedSignatures()
                    .read(
                        file.date(),
                        file.shard(),
                        (orders, signatures) ->
                            MarkNearDuplicates.deal(
                                search.entries(orders, signatures).split(shards), out));
              }));
    }
  }
}
