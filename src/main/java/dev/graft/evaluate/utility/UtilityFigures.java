package dev.graft.evaluate.utility;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.data.LabelledRows;
import dev.graft.evaluate.Figure;
import dev.graft.spec.MixingRatio;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The comparison of arms.
 *
 * @param learner file of the learner's definition
 * @param learnerDigest digest of the definition
 * @param ratio real to synthetic rows in mixed arms; null when every run chose its own
 * @param baseline the arm that gains are measured against; null when it was not run
 * @param arms in the order of the spec; empty when utility was not asked for
 * @param rarest what arms make of the rarest class; null where classes are even
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UtilityFigures(
    String learner,
    String learnerDigest,
    MixingRatio ratio,
    String baseline,
    List<ArmFigures> arms,
    RarestClass rarest) {
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
        arms.add(new ArmFigures(arm, null, null, List.of(), List.of(), reason(runs, arm), null));
        continue;
      }
      arms.add(
          new ArmFigures(
              arm,
              Interval.of(own.stream().mapToDouble(ArmRun::accuracy).toArray()),
              arm.equals(baseline) ? null : gain(own, against),
              meanRecall(own),
              own,
              null,
              LabelFigures.of(own)));
    }
    return new UtilityFigures(
        learner, learnerDigest, ratio(runs), against.isEmpty() ? null : baseline, arms, null);
  }

  /** The same, with what arms make of the rarest class of {@code train}, where one is rare. */
  public UtilityFigures withRarest(LabelledRows train, int classes) {
    return new UtilityFigures(
        learner,
        learnerDigest,
        ratio,
        baseline,
        arms,
        RarestClass.of(this, train, classes).orElse(null));
  }

  /** The arm of this name, when it was run. */
  public Optional<ArmFigures> arm(String name) {
    return arms.stream().filter(arm -> arm.arm().equals(name)).findFirst();
  }

  /**
   * The most accurate of the arms that learn from real rows alone; of equals the classical one.
   * Empty when none has an accuracy.
   */
  public Optional<String> bestReal() {
    return Stream.of(Arm.CLASSICAL, Arm.OVERSAMPLED, Arm.REAL)
        .flatMap(arm -> arm(arm.key()).stream())
        .filter(arm -> arm.accuracy() != null)
        .reduce((best, other) -> other.accuracy().mean() > best.accuracy().mean() ? other : best)
        .map(ArmFigures::arm);
  }

  /**
   * Of the arms that learn from real and synthetic rows the one that does best on TUNE rows; where
   * nothing was chosen there, or of equals, the one that augments them classically too.
   */
  public Optional<String> bestMixed() {
    return Stream.of(Arm.BOTH, Arm.GENERATED)
        .flatMap(arm -> arm(arm.key()).stream())
        .filter(arm -> arm.accuracy() != null)
        .reduce((best, other) -> other.tuneAccuracy() > best.tuneAccuracy() ? other : best)
        .map(ArmFigures::arm);
  }

  /** Accuracy of one arm minus that of another, paired by run number; empty without common runs. */
  public Optional<Interval> gain(String arm, String over) {
    return Optional.ofNullable(gain(of(allRuns(), arm), of(allRuns(), over)));
  }

  private List<ArmRun> allRuns() {
    return arms.stream().flatMap(arm -> arm.runs().stream()).toList();
  }

  /** Whether every run chose its recipe on TUNE rows. */
  public boolean chosen() {
    return arms.stream().flatMap(arm -> arm.runs().stream()).anyMatch(run -> run.choice() != null);
  }

  /** How mixed arms draw real and synthetic rows, in a sentence. */
  public String mixing() {
    if (ratio == null) {
      return "Mixed arms draw real and synthetic rows in the ratio that they chose: one side is"
          + " repeated until it holds.";
    }
    return ratio.equals(MixingRatio.EVEN)
        ? "Mixed arms draw real and synthetic rows 1:1: the smaller side is repeated until both"
            + " are equally many."
        : "Mixed arms draw real and synthetic rows "
            + ratio
            + ": one side is repeated until that holds.";
  }

  private static MixingRatio ratio(List<ArmRun> runs) {
    List<MixingRatio> tried =
        runs.stream()
            .filter(run -> run.choice() != null)
            .flatMap(run -> run.choice().tried().stream())
            .map(Choice.Trial::ratio)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return switch (tried.size()) {
      case 0 -> MixingRatio.EVEN;
      case 1 -> tried.get(0);
      default -> null;
    };
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
