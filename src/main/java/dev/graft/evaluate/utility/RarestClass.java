package dev.graft.evaluate.utility;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.data.LabelledRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What arms make of the class with the fewest real train rows, where classes are uneven: overall
 * accuracy hardly shows it.
 *
 * @param label class id; the lowest of equals
 * @param trainRows real train rows of it
 * @param over the arm that gains are measured against: {@link Arm#OVERSAMPLED}, else the better arm
 *     of real rows alone; null when there is none
 * @param arms in report order, those that were run
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RarestClass(int label, int trainRows, String over, List<ArmRecall> arms) {
  /** Times that the largest class is larger, from which on classes are uneven. */
  private static final int UNEVEN = 3;

  /**
   * One arm.
   *
   * @param recall share of the class's TEST rows that are predicted right, over the runs
   * @param gain that minus the recall of {@code over}, paired by run number; null for that arm
   *     itself
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ArmRecall(String arm, Interval recall, Interval gain) {}

  public RarestClass {
    arms = List.copyOf(arms);
  }

  /** Empty for even classes, and for a class without TEST rows. */
  static Optional<RarestClass> of(UtilityFigures utility, LabelledRows train, int classes) {
    int[] counts = new int[classes];
    for (int label : train.labels()) {
      counts[label]++;
    }
    int rarest = 0;
    int largest = 0;
    for (int label = 0; label < classes; label++) {
      rarest = counts[label] < counts[rarest] ? label : rarest;
      largest = Math.max(largest, counts[label]);
    }
    if (largest < UNEVEN * counts[rarest]) {
      return Optional.empty();
    }
    String over =
        utility
            .arm(Arm.OVERSAMPLED.key())
            .filter(arm -> arm.accuracy() != null)
            .map(ArmFigures::arm)
            .or(utility::bestReal)
            .orElse(null);
    List<ArmRecall> arms = new ArrayList<>();
    for (ArmFigures arm : utility.arms()) {
      if (arm.accuracy() != null && arm.recall().get(rarest) != null) {
        arms.add(
            new ArmRecall(
                arm.arm(),
                recall(arm.runs(), rarest),
                over == null || arm.arm().equals(over)
                    ? null
                    : gain(arm.runs(), utility.arm(over).orElseThrow().runs(), rarest)));
      }
    }
    return arms.isEmpty()
        ? Optional.empty()
        : Optional.of(new RarestClass(rarest, counts[rarest], over, arms));
  }

  private static Interval recall(List<ArmRun> runs, int label) {
    return Interval.of(runs.stream().mapToDouble(run -> run.recall().get(label)).toArray());
  }

  private static Interval gain(List<ArmRun> runs, List<ArmRun> against, int label) {
    double[] differences =
        runs.stream()
            .flatMap(
                run ->
                    against.stream()
                        .filter(other -> other.seed() == run.seed())
                        .map(other -> run.recall().get(label) - other.recall().get(label)))
            .mapToDouble(Double::doubleValue)
            .toArray();
    return differences.length == 0 ? null : Interval.of(differences);
  }
}
