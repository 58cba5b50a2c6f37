package dev.graft.evaluate.utility;

import dev.graft.evaluate.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * {@link LabelScores} over the runs of an arm.
 *
 * @param microF1 over the runs
 * @param macroF1 over the runs
 * @param f1 mean F1 per label, in label order; null for a label without TEST rows
 */
public record LabelFigures(Interval microF1, Interval macroF1, List<Double> f1) {
  /** Null where rows have one label. */
  static LabelFigures of(List<ArmRun> runs) {
    List<LabelScores> scores = runs.stream().map(ArmRun::labels).filter(Objects::nonNull).toList();
    if (scores.isEmpty()) {
      return null;
    }
    List<Double> f1 = new ArrayList<>();
    for (int label = 0; label < scores.get(0).f1().size(); label++) {
      int id = label;
      double[] values =
          scores.stream()
              .map(run -> run.f1().get(id))
              .filter(Objects::nonNull)
              .mapToDouble(Double::doubleValue)
              .toArray();
      f1.add(values.length == 0 ? null : Figure.rounded(Interval.of(values).mean()));
    }
    return new LabelFigures(
        Interval.of(scores.stream().mapToDouble(LabelScores::microF1).toArray()),
        Interval.of(scores.stream().mapToDouble(LabelScores::macroF1).toArray()),
        f1);
  }
}
