package dev.graft.generate;

import dev.graft.select.DuplicateEntries;
import dev.graft.select.SelectionNote;
import dev.graft.stage.SpreadEvenly;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Finds the candidates of a round that lie near an earlier candidate, or near a row that is
 * published already, wherever the two were made: rows meet by bucket, many buckets to a shard, and
 * pairs are verified there. Only keys and signatures move.
 */
final class MarkNearDuplicates
    extends PTransform<PCollectionTuple, PCollection<KV<Integer, SelectionNote>>> {
  private static final long serialVersionUID = 1L;

  /** The candidates. */
  static final TupleTag<CandidateRows> CANDIDATES = new TupleTag<>("candidates") {};

  /** The buckets of rows published on earlier dates; left out where these do not count. */
  static final TupleTag<KV<Integer, DuplicateEntries>> PUBLISHED = new TupleTag<>("published") {};

  private final AugmentScope scope;
  private final int round;

  /**
   * @param round whose candidates are marked; those of earlier rounds only count as earlier
   */
  MarkNearDuplicates(AugmentScope scope, int round) {
    this.scope = scope;
    this.round = round;
  }

  @Override
  public PCollection<KV<Integer, SelectionNote>> expand(PCollectionTuple rows) {
    PCollection<KV<Integer, DuplicateEntries>> entries =
        rows.get(CANDIDATES)
            .apply("Buckets", ParDo.of(new BucketsFn(scope)))
            .setCoder(KvCoder.of(VarIntCoder.of(), DuplicateEntriesCoder.of()));
    if (rows.has(PUBLISHED)) {
      entries =
          PCollectionList.of(entries)
              .and(rows.get(PUBLISHED))
              .apply("WithPublished", Flatten.pCollections());
    }
    return entries
        .apply("Meet", GroupByKey.create())
        .apply("Verify", ParDo.of(new VerifyFn(scope, round)))
        .setCoder(KvCoder.of(VarIntCoder.of(), SelectionNoteCoder.of()));
  }

  /** Hands each shard what it has entries of; as many shards to one worker as to another. */
  static void deal(
      DuplicateEntries[] shards, DoFn.OutputReceiver<KV<Integer, DuplicateEntries>> out) {
    for (int shard = 0; shard < shards.length; shard++) {
      if (shards[shard].size() > 0) {
        out.output(KV.of(SpreadEvenly.key(shard), shards[shard]));
      }
    }
  }

  private static final class BucketsFn
      extends AugmentFn<CandidateRows, KV<Integer, DuplicateEntries>> {
    private static final long serialVersionUID = 1L;

    BucketsFn(AugmentScope scope) {
      super(scope);
    }

    @DoFn.ProcessElement
    public void process(
        @DoFn.Element CandidateRows rows, OutputReceiver<KV<Integer, DuplicateEntries>> out) {
      AugmentRun run = run();
      CandidateRows.Signed signed = rows.signed();
      DuplicateEntries entries = run.nearDuplicates().entries(signed.orders(), signed.signatures());
      deal(entries.split(guarded(run::duplicateShards)), out);
    }
  }

  private static final class VerifyFn
      extends AugmentFn<KV<Integer, Iterable<DuplicateEntries>>, KV<Integer, SelectionNote>> {
    private static final long serialVersionUID = 1L;

    private final int round;

    VerifyFn(AugmentScope scope, int round) {
      super(scope);
      this.round = round;
    }

    @DoFn.ProcessElement
    public void process(
        @DoFn.Element KV<Integer, Iterable<DuplicateEntries>> shard,
        OutputReceiver<KV<Integer, SelectionNote>> out) {
      List<DuplicateEntries> entries = new ArrayList<>();
      shard.getValue().forEach(entries::add);
      run()
          .nearDuplicates()
          .marks(entries)
          .byClass(round)
          .forEach((label, marks) -> out.output(KV.of(label, marks)));
    }
  }
}
