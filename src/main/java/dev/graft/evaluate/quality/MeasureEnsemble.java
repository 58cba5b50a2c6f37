package dev.graft.evaluate.quality;

import dev.graft.evaluate.Figure;
import dev.graft.evaluate.MetricInput;
import dev.graft.evaluate.metric.Coverage;
import dev.graft.evaluate.metric.Precision;
import dev.graft.evaluate.metric.Recall;
import dev.graft.evaluate.quality.EnsembleFigures.MemberFigures;
import dev.graft.model.ensemble.Mixture;
import java.util.ArrayList;
import java.util.List;

/**
 * Coverage, precision and recall of the accepted rows of each member of an ensemble, and of all,
 * against real TEST, at one and the same number of rows: the smallest of the sets that have enough
 * rows at all.
 */
public final class MeasureEnsemble {
  private static final int WHOLE = -1;
  private static final int FEWEST = MeasureQuality.NEIGHBOURS + 1;

  private final Mixture mixture;
  private final int[] counts;
  private final ExaminedRows test;
  private final ExaminedRows tune;
  private final ExaminedRows accepted;

  /**
   * @param counts accepted rows of each member
   * @param accepted rows whose groups are the members
   */
  public MeasureEnsemble(
      Mixture mixture, int[] counts, ExaminedRows test, ExaminedRows tune, ExaminedRows accepted) {
    this.mixture = mixture;
    this.counts = counts.clone();
    this.test = test;
    this.tune = tune;
    this.accepted = accepted;
  }

  /** Measures each member and the whole. */
  public EnsembleFigures measure() {
    int rows = Math.min(test.group(WHOLE).length, accepted.group(WHOLE).length);
    int unseen = tune.group(WHOLE).length;
    rows = unseen < FEWEST ? rows : Math.min(rows, unseen);
    for (int member = 0; member < counts.length; member++) {
      int has = accepted.group(member).length;
      rows = has < FEWEST ? rows : Math.min(rows, has);
    }
    List<MemberFigures> members = new ArrayList<>();
    int all = 0;
    for (int member = 0; member < counts.length; member++) {
      double weight = Figure.rounded(mixture.share(member));
      members.add(
          figures(mixture.members().get(member), weight, accepted, member, counts[member], rows));
      all += counts[member];
    }
    return new EnsembleFigures(
        rows,
        members,
        figures("ensemble", 1, accepted, WHOLE, all, rows),
        figures("real tune rows", 0, tune, WHOLE, unseen, rows));
  }

  private MemberFigures figures(
      String name, double weight, ExaminedRows set, int group, int count, int rows) {
    int has = set.group(group).length;
    if (Math.min(has, rows) < FEWEST) {
      Figure none =
          Figure.undefined("needs at least " + FEWEST + " rows a side; has " + Math.min(has, rows));
      return new MemberFigures(name, weight, count, none, none, none);
    }
    MetricInput input =
        new MetricInput(
            test.featuresOf(WHOLE, rows),
            set.featuresOf(group, rows),
            test.dimension(),
            MeasureQuality.NEIGHBOURS);
    return new MemberFigures(
        name,
        weight,
        count,
        Figure.of(new Coverage(), input, name),
        Figure.of(new Precision(), input, name),
        Figure.of(new Recall(), input, name));
  }
}
