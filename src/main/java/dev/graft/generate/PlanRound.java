package dev.graft.generate;

import dev.graft.select.JudgedRows;
import dev.graft.select.SelectionNote;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ranges of a top-up round, from what is known of the rounds before: none when no class is
 * short. When some is, and near-duplicates are dropped, the ranges of the rounds before come along,
 * to be read again and stand as earlier candidates.
 */
final class PlanRound
    extends PTransform<PCollection<KV<Integer, SelectionNote>>, PCollection<CandidateRange>> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(PlanRound.class);

  private final AugmentScope scope;
  private final int round;

  /**
   * @param round from 1
   */
  PlanRound(AugmentScope scope, int round) {
    this.scope = scope;
    this.round = round;
  }

  @Override
  public PCollection<CandidateRange> expand(PCollection<KV<Integer, SelectionNote>> notes) {
    return notes
        .apply("Lighten", ParDo.of(new LightenFn()))
        .setCoder(KvCoder.of(VarIntCoder.of(), SelectionNoteCoder.of()))
        .apply("Gather", GroupByKey.create())
        .apply("Plan", ParDo.of(new PlanFn(scope, round)))
        .setCoder(CandidateRangeCoder.of());
  }

  private static final class LightenFn
      extends DoFn<KV<Integer, SelectionNote>, KV<Integer, SelectionNote>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, SelectionNote> note, OutputReceiver<KV<Integer, SelectionNote>> out) {
      SelectionNote value = note.getValue();
      out.output(KV.of(0, value instanceof JudgedRows rows ? rows.light() : value));
    }
  }

  private static final class PlanFn
      extends AugmentFn<KV<Integer, Iterable<SelectionNote>>, CandidateRange> {
    private static final long serialVersionUID = 1L;

    private final int round;

    PlanFn(AugmentScope scope, int round) {
      super(scope);
      this.round = round;
    }

    @DoFn.ProcessElement
    public void process(
        @DoFn.Element KV<Integer, Iterable<SelectionNote>> gathered,
        OutputReceiver<CandidateRange> out) {
      AugmentRun run = run();
      List<SelectionNote> notes = new ArrayList<>();
      gathered.getValue().forEach(notes::add);
      List<CandidateRange> ranges = new TopUp(run.plan(), run.rules()).ranges(round, notes);
      ranges.forEach(out::output);
      if (ranges.isEmpty()) {
        return;
      }
      LOG.info(
          "round {}: {} further candidates",
          round + 1,
          ranges.stream().mapToLong(CandidateRange::count).sum());
      if (run.rules().drop().isPresent()) {
        notes.stream()
            .filter(JudgedRows.class::isInstance)
            .map(note -> CandidateFiles.range((JudgedRows) note))
            .forEach(out::output);
      }
    }
  }
}
