package dev.graft.generate;

import dev.graft.select.JudgedRows;
import dev.graft.select.SelectionNote;
import dev.graft.select.SelectionRules;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Applies the rules that look at one row to the candidates of a round; keyed by class. */
final class JudgeCandidates
    extends PTransform<PCollection<CandidateRows>, PCollection<KV<Integer, SelectionNote>>> {
  private static final long serialVersionUID = 1L;

  private final AugmentScope scope;
  private final int round;

  JudgeCandidates(AugmentScope scope, int round) {
    this.scope = scope;
    this.round = round;
  }

  @Override
  public PCollection<KV<Integer, SelectionNote>> expand(PCollection<CandidateRows> rows) {
    return rows.apply("Judge", ParDo.of(new JudgeFn(scope, round)))
        .setCoder(KvCoder.of(VarIntCoder.of(), SelectionNoteCoder.of()));
  }

  private static final class JudgeFn extends AugmentFn<CandidateRows, KV<Integer, SelectionNote>> {
    private static final long serialVersionUID = 1L;

    private final int round;

    JudgeFn(AugmentScope scope, int round) {
      super(scope);
      this.round = round;
    }

    @DoFn.ProcessElement
    public void process(
        @DoFn.Element CandidateRows rows, OutputReceiver<KV<Integer, SelectionNote>> out) {
      if (rows.range().round() == round) {
        out.output(KV.of(rows.range().condition().label(), guarded(() -> judge(rows))));
      }
    }

    private JudgedRows judge(CandidateRows rows) {
      AugmentRun run = run();
      SelectionRules rules = run.rules();
      List<String> scorers = rules.scorers();
      Map<String, float[]> columns = new HashMap<>();
      for (int i = 0; i < scorers.size(); i++) {
        columns.put(scorers.get(i), rows.scores()[i]);
      }
      int[] offsets = new int[rows.size()];
      Arrays.setAll(offsets, i -> i);
      byte[] verdicts = rules.judge(rows.size(), columns, run.bounds());
      for (int row : rows.nothing()) {
        verdicts[row] = (byte) rules.unanswered();
      }
      CandidateRange range = rows.range();
      return new JudgedRows(
          range.condition().label(),
          range.round(),
          range.firstIndex(),
          range.count(),
          offsets,
          rows.ids(),
          verdicts,
          Arrays.stream(rules.tops())
              .mapToObj(top -> columns.get(rules.rules().get(top).scorer()))
              .toArray(float[][]::new));
    }
  }
}
