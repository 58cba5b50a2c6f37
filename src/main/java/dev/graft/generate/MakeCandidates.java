package dev.graft.generate;

import dev.graft.data.Counters;
import dev.graft.data.Progress;
import dev.graft.data.io.Storage;
import dev.graft.stage.CallLimit;
import dev.graft.stage.SpreadEvenly;
import java.util.Optional;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/**
 * Draws, encodes, scores and writes the candidates of every range in one step, and hands on what
 * selection needs of them. A range whose file is there is read instead.
 */
final class MakeCandidates
    extends PTransform<PCollection<CandidateRange>, PCollection<CandidateRows>> {
  private static final long serialVersionUID = 1L;

  private final AugmentScope scope;
  private final int round;

  /**
   * @param round ranges of earlier rounds are read once more and counted no more
   */
  MakeCandidates(AugmentScope scope, int round) {
    this.scope = scope;
    this.round = round;
  }

  @Override
  public PCollection<CandidateRows> expand(PCollection<CandidateRange> ranges) {
    return ranges
        .apply("Spread", SpreadEvenly.by(CandidateRange::turn))
        .apply("Make", ParDo.of(new MakeFn(scope, round)))
        .setCoder(CandidateRowsCoder.of());
  }

  private static final class MakeFn extends AugmentFn<CandidateRange, CandidateRows> {
    private static final long serialVersionUID = 1L;

    private final int round;
    private final Counter generated = Counters.named("generated");
    private final Counter scored = Counters.named("scored");
    private final Counter made = Counters.named("ranges-made");
    private final Counter reused = Counters.named("ranges-reused");
    private final Counter written = Counters.named("bytes-written");

    MakeFn(AugmentScope scope, int round) {
      super(scope);
      this.round = round;
    }

    @DoFn.ProcessElement
    public void process(@DoFn.Element CandidateRange range, OutputReceiver<CandidateRows> out) {
      out.output(guarded(() -> candidates(range)));
    }

    private CandidateRows candidates(CandidateRange range) {
      AugmentRun run = run();
      CandidateFiles files = run.files();
      Optional<CandidateRows> there = files.read(range);
      boolean again = range.round() < round;
      if (there.isPresent() && !again) {
        reused.inc();
      }
      CandidateRows rows =
          there.orElseGet(
              () -> {
                CallLimit limit = context().callLimit();
                AnswerLog log = new AnswerLog();
                CandidateRows fresh =
                    limit.watch(() -> files.make(range, run.drawer(), run.scoring(), limit, log));
                log.count();
                made.inc();
                generated.inc(fresh.size());
                written.inc(Storage.size(files.location(range)));
                if (!run.rules().scorers().isEmpty()) {
                  scored.inc(fresh.size());
                }
                return fresh;
              });
      if (!again) {
        Progress.report(
            "generate",
            run.countMade(rows.size()),
            round == 0 ? run.plan().firstRound() : -1,
            "samples",
            round == 0 ? "" : "round " + (round + 1));
      }
      return rows;
    }
  }
}
