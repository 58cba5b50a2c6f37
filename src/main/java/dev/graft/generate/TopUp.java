package dev.graft.generate;

import dev.graft.generate.GenerationPlan.ClassPlan;
import dev.graft.select.ClassSelection;
import dev.graft.select.JudgedRows;
import dev.graft.select.SelectionNote;
import dev.graft.select.SelectionRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The candidates of a further round: for every class that is short, the shortfall divided by the
 * share of the round before that passed, and a tenth more, as far as the cap allows.
 */
final class TopUp {
  private static final double MARGIN = 1.1;
  private static final int LEAST = 8;

  private final GenerationPlan plan;
  private final SelectionRules rules;

  TopUp(GenerationPlan plan, SelectionRules rules) {
    this.plan = plan;
    this.rules = rules;
  }

  /**
   * @param round the round to plan, from 1
   * @param notes everything known of the rounds before, in any order
   */
  List<CandidateRange> ranges(int round, List<SelectionNote> notes) {
    List<JudgedRows> judged = new ClassSelection(rules).withDuplicates(notes);
    List<CandidateRange> ranges = new ArrayList<>();
    for (ClassPlan target : plan.classes()) {
      Tally tally = new Tally();
      judged.stream().filter(rows -> rows.label() == target.label()).forEach(tally::add);
      long more = candidates(target, tally, round);
      ranges.addAll(
          CandidateRange.cover(target.condition(), round, tally.drawn, tally.drawn + more));
    }
    return GenerationPlan.longestFirst(ranges);
  }

  private long candidates(ClassPlan target, Tally tally, int round) {
    long reachable = Math.min(target.wanted(), rules.leastTop().orElse(Long.MAX_VALUE));
    long shortfall = reachable - tally.passed;
    long left = target.cap() - tally.drawn;
    if (shortfall <= 0 || left <= 0) {
      return 0;
    }
    double share = tally.passedInRound(round - 1);
    if (share == 0) {
      return left;
    }
    return (long) Math.min(left, Math.ceil(MARGIN * shortfall / share) + LEAST);
  }

  /** What became of one class so far. */
  private static final class Tally {
    private long drawn;
    private long passed;
    private final long[] drawnByRound = new long[4];
    private final long[] passedByRound = new long[4];

    void add(JudgedRows rows) {
      for (byte verdict : rows.verdicts()) {
        passed += verdict == 0 ? 1 : 0;
        passedByRound[rows.round()] += verdict == 0 ? 1 : 0;
      }
      drawn += rows.count();
      drawnByRound[rows.round()] += rows.count();
    }

    double passedInRound(int round) {
      return drawnByRound[round] == 0
          ? (double) passed / Math.max(1, drawn)
          : (double) passedByRound[round] / drawnByRound[round];
    }
  }
}
