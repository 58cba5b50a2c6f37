package dev.graft.evaluate.utility;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.evaluate.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The comparison of arms.
 *
 * @param learner file of the learner's definition
 * @param learnerDigest digest of the definition
 * @param ratio real to synthetic rows in mixed arms
 * @param baseline the arm that gains are measured against; null when it was not run
 * @param arms in the order of the spec; empty when utility was not asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UtilityFigures(
    String learner, String learnerDigest, String ratio, String baseline, List<ArmFigures> arms) {
  public UtilityFigures {
    arms = List.copyOf(arms);
  }

  /**
   * @param order arm names in report order
   * @param runs of all arms, in any order
   */
  public static UtilityFigures of(
      String learner, String learnerDigest, List<String> order, List<ArmRun> runs) {
    String baseline = Arm.CLASSICAL.key();
    List<ArmRun> against = of(runs, baseline);
    List<ArmFigures> arms = new ArrayList<>();
    for (String arm : order) {
      List<ArmRun> own = of(runs, arm);
      if (own.isEmpty()) {
        arms.add(new ArmFigures(arm, null, null, List.of(), List.of(), reason(runs, arm)));
        continue;
      }
      arms.add(
          new ArmFigures(
              arm,
              Interval.of(own.stream().mapToDouble(ArmRun::accuracy).toArray()),
              arm.equals(baseline) ? null : gain(own, against),
              meanRecall(own),
              own,
              null));
    }
    return new UtilityFigures(
        learner, learnerDigest, TrainingSet.RATIO, against.isEmpty() ? null : baseline, arms);
  }

  /** The arm of this name, when it was run. */
  public Optional<ArmFigures> arm(String name) {
    return arms.stream().filter(arm -> arm.arm().equals(name)).findFirst();
  }

  private static List<ArmRun> of(List<ArmRun> runs, String arm) {
    return runs.stream()
        .filter(run -> run.arm().equals(arm) && run.isDone())
        .sorted(Comparator.comparingInt(ArmRun::seed))
        .toList();
  }

  private static String reason(List<ArmRun> runs, String arm) {
    return runs.stream()
        .filter(run -> run.arm().equals(arm) && run.reason() != null)
        .map(ArmRun::reason)
        .findFirst()
        .orElse("was not run");
  }

  private static Interval gain(List<ArmRun> own, List<ArmRun> against) {
    double[] differences =
        own.stream()
            .flatMap(
                run ->
                    against.stream()
                        .filter(other -> other.seed() == run.seed())
                        .map(other -> run.accuracy() - other.accuracy()))
            .mapToDouble(Double::doubleValue)
            .toArray();
    return differences.length == 0 ? null : Interval.of(differences);
  }

  private static List<Double> meanRecall(List<ArmRun> runs) {
    List<Double> mean = new ArrayList<>();
    for (int c = 0; c < runs.get(0).recall().size(); c++) {
      int label = c;
      double[] values =
          runs.stream()
              .map(run -> run.recall().get(label))
              .filter(Objects::nonNull)
              .mapToDouble(Double::doubleValue)
              .toArray();
      mean.add(values.length == 0 ? null : Figure.rounded(Interval.of(values).mean()));
    }
    return mean;
  }
}
