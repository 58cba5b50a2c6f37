package dev.graft.evaluate.utility;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * All runs of one arm.
 *
 * @param arm {@link Arm#key()}
 * @param accuracy over the runs, on real TEST; null when none could be made
 * @param gain accuracy minus that of the baseline arm, paired by run number; null for the baseline
 *     itself or without common runs
 * @param recall mean recall per class, in class order; null for a class without TEST rows
 * @param runs in order of their number
 * @param reason why there is no run; null when there are
 * @param labels figures of single labels, where classes are sets of them; null elsewhere
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ArmFigures(
    String arm,
    Interval accuracy,
    Interval gain,
    List<Double> recall,
    List<ArmRun> runs,
    String reason,
    LabelFigures labels) {
  public ArmFigures {
    runs = List.copyOf(runs);
  }

  /** Mean over the runs on TUNE rows; NaN when one of them had nothing to choose there. */
  double tuneAccuracy() {
    return runs.stream()
        .mapToDouble(
            run -> run.choice() == null ? Double.NaN : run.choice().chosen().tuneAccuracy())
        .average()
        .orElse(Double.NaN);
  }
}
