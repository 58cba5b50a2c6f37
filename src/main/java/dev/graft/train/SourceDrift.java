package dev.graft.train;

import dev.graft.data.Part;
import dev.graft.ingest.DatasetStatistics;
import dev.graft.ingest.DatasetStatistics.ClassRows;
import java.util.List;

/**
 * How far the real training rows of one day are from those of another: the greater of
 *
 * <ul>
 *   <li>the population stability index of the class shares, {@code sum over c of (p_c - q_c) ln(p_c
 *       / q_c)} (Siddiqi 2006, "Credit Risk Scorecards"; 0.1 is usually called a small change, 0.25
 *       a large one), shares below one in ten thousand counting as that;
 *   <li>the greatest standardised difference of a class's mean value, {@code |m_c - n_c| / s_c},
 *       with the deviation of the earlier day.
 * </ul>
 *
 * 0 for the same statistics; without bound.
 */
final class SourceDrift {
  private static final double LEAST_SHARE = 1e-4;
  private static final double LEAST_DEVIATION = 1;

  private SourceDrift() {}

  /** Drift of data with the same classes. */
  static double between(DatasetStatistics before, DatasetStatistics now) {
    List<ClassRows> then = before.parts().getOrDefault(Part.TRAIN.key(), List.of());
    List<ClassRows> today = now.parts().getOrDefault(Part.TRAIN.key(), List.of());
    if (then.size() != today.size()) {
      throw new IllegalArgumentException(then.size() + " and " + today.size() + " classes");
    }
    double rowsThen = then.stream().mapToLong(ClassRows::realRows).sum();
    double rowsToday = today.stream().mapToLong(ClassRows::realRows).sum();
    double stability = 0;
    double shift = 0;
    for (int label = 0; label < then.size(); label++) {
      double p = Math.max(LEAST_SHARE, then.get(label).realRows() / Math.max(1, rowsThen));
      double q = Math.max(LEAST_SHARE, today.get(label).realRows() / Math.max(1, rowsToday));
      stability += (p - q) * StrictMath.log(p / q);
      if (then.get(label).realRows() > 0 && today.get(label).realRows() > 0) {
        double deviation = Math.max(LEAST_DEVIATION, then.get(label).deviation());
        shift =
            Math.max(shift, Math.abs(then.get(label).mean() - today.get(label).mean()) / deviation);
      }
    }
    return Math.max(stability, shift);
  }
}
