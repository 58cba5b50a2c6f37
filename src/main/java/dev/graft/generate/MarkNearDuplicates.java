package dev.graft.generate;

import dev.graft.select.DuplicateEntries;
import dev.graft.select.DuplicateMarks;
import dev.graft.select.OrderKey;
import dev.graft.select.SelectionNote;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Finds the candidates of a round that lie near an earlier candidate, wherever the two were made:
 * rows meet by bucket, many buckets to a shard, and pairs are verified there. Only keys and
 * signatures move.
 */
final class MarkNearDuplicates
    extends PTransform<PCollection<CandidateRows>, PCollection<KV<Integer, SelectionNote>>> {
  private static final long serialVersionUID = 1L;

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
  public PCollection<KV<Integer, SelectionNote>> expand(PCollection<CandidateRows> rows) {
    return rows.apply("Buckets", ParDo.of(new BucketsFn(scope)))
        .setCoder(KvCoder.of(VarIntCoder.of(), DuplicateEntriesCoder.of()))
        .apply("Meet", GroupByKey.create())
        .apply("Verify", ParDo.of(new VerifyFn(scope, round)))
        .setCoder(KvCoder.of(VarIntCoder.of(), SelectionNoteCoder.of()));
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
      DuplicateEntries entries = run.nearDuplicates().entries(rows.orders(), rows.signatures());
      DuplicateEntries[] shards = entries.split(run.duplicateShards());
      for (int shard = 0; shard < shards.length; shard++) {
        if (shards[shard].size() > 0) {
          out.output(KV.of(shard, shards[shard]));
        }
      }
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
      DuplicateMarks marks = run().nearDuplicates().marks(entries);
      LongPredicate ofThisRound = order -> OrderKey.round(order) == round;
      Map<Integer, List<Long>> byClass = new TreeMap<>();
      Arrays.stream(marks.orders())
          .filter(ofThisRound)
          .forEach(
              order ->
                  byClass
                      .computeIfAbsent(OrderKey.label(order), label -> new ArrayList<>())
                      .add(order));
      byClass.forEach(
          (label, orders) ->
              out.output(
                  KV.of(
                      label,
                      new DuplicateMarks(
                          orders.stream().mapToLong(Long::longValue).toArray(),
                          Arrays.stream(marks.collapsed())
                              .filter(ofThisRound)
                              .filter(order -> OrderKey.label(order) == label)
                              .toArray()))));
    }
  }
}
