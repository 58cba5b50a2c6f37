package dev.graft.evaluate.study;

import dev.graft.evaluate.Figure;
import dev.graft.evaluate.study.StudyArm.SeedRun;
import dev.graft.evaluate.utility.Arm;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.evaluate.utility.Choice.Trial;
import dev.graft.evaluate.utility.Interval;
import dev.graft.spec.StudySpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The arithmetic of a study at one size: paired differences, and what is chosen on TUNE. */
public final class CompareArms {
  private final StudySpec study;

  /** An arm and a ratio, before it is compared. */
  private record Column(Arm arm, Double ratio, Map<Integer, ArmRun> runs) {
    Double tune(int seed) {
      ArmRun run = runs.get(seed);
      return run == null || !run.isDone() ? null : run.choice().chosen().tuneAccuracy();
    }

    Double test(int seed) {
      ArmRun run = runs.get(seed);
      return run == null ? null : run.accuracy();
    }
  }

  public CompareArms(StudySpec study) {
    this.study = study;
  }

  /**
   * @param size which size
   * @param results of its tasks, in any order
   */
  public SizeFigures at(int size, Map<StudyTask, ArmRun> results) {
    List<Column> columns = columns(results);
    List<StudyArm> arms = columns.stream().map(column -> arm(column, columns)).toList();
    return new SizeFigures(size, arms, verdict(arms, columns));
  }

  private List<Column> columns(Map<StudyTask, ArmRun> results) {
    List<Column> columns = new ArrayList<>();
    for (String name : study.arms()) {
      Arm arm = Arm.of(name);
      if (arm.usesSynthetic()) {
        study.ratios().forEach(ratio -> columns.add(column(arm, ratio, results)));
      } else {
        columns.add(column(arm, null, results));
      }
    }
    return columns;
  }

  private static Column column(Arm arm, Double ratio, Map<StudyTask, ArmRun> results) {
    Map<Integer, ArmRun> runs = new TreeMap<>();
    results.forEach(
        (task, run) -> {
          if (task.arm().equals(arm.key()) && Objects.equals(task.ratio(), ratio)) {
            runs.put(task.seed(), run);
          }
        });
    return new Column(arm, ratio, runs);
  }

  private StudyArm arm(Column column, List<Column> all) {
    List<SeedRun> runs = new ArrayList<>();
    column.runs().forEach((seed, run) -> runs.add(seedRun(column, seed, run, all)));
    return new StudyArm(
        column.arm().key(),
        column.ratio(),
        over(column::tune),
        over(column::test),
        gain(column, Arm.REAL, all),
        gain(column, Arm.CLASSICAL, all),
        runs);
  }

  private static SeedRun seedRun(Column column, int seed, ArmRun run, List<Column> all) {
    Trial chosen = run.choice() == null ? null : run.choice().chosen();
    return new SeedRun(
        seed,
        run.realRows(),
        run.syntheticRows(),
        chosen == null ? 0 : chosen.steps(),
        chosen == null ? null : chosen.ratio(),
        column.tune(seed),
        column.test(seed),
        difference(column, Arm.REAL, all, seed),
        difference(column, Arm.CLASSICAL, all, seed),
        run.recall(),
        run.choice() == null ? List.of() : run.choice().tried(),
        run.reason());
  }

  private static Double difference(Column column, Arm baseline, List<Column> all, int seed) {
    if (column.arm() == baseline) {
      return null;
    }
    return difference(column.test(seed), accuracy(baseline, all, seed));
  }

  private static Double difference(Double own, Double other) {
    return own == null || other == null ? null : Figure.rounded(own - other);
  }

  private static Double accuracy(Arm baseline, List<Column> all, int seed) {
    return all.stream()
        .filter(column -> column.arm() == baseline)
        .map(column -> column.test(seed))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private Interval gain(Column column, Arm baseline, List<Column> all) {
    return over(seed -> difference(column, baseline, all, seed));
  }

  /** Over all seeds that have a value; null when none has. */
  private Interval over(Function<Integer, Double> value) {
    double[] values =
        IntStream.range(0, study.seeds())
            .mapToObj(value::apply)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return values.length == 0 ? null : Interval.of(values);
  }

  private Verdict verdict(List<StudyArm> arms, List<Column> columns) {
    List<StudyArm> whole = arms.stream().filter(this::isWhole).sorted(fewerSynthetic()).toList();
    StudyArm best = mostAccurate(whole, arm -> Arm.of(arm.arm()).usesReal());
    StudyArm mixed = mostAccurate(whole, arm -> Arm.of(arm.arm()).mixes());
    if (best == null || mixed == null) {
      return null;
    }
    boolean beats =
        (mixed.overReal() != null || mixed.overClassical() != null)
            && isAboveZero(mixed.overReal())
            && isAboveZero(mixed.overClassical());
    return new Verdict(
        best.arm(),
        best.ratio() == null ? 0 : best.ratio(),
        mixed.arm(),
        mixed.ratio(),
        mixed.overReal(),
        mixed.overClassical(),
        ownChoice(Arm.REAL, columns),
        ownChoice(Arm.CLASSICAL, columns),
        beats,
        VerdictWords.of(best, mixed));
  }

  private boolean isWhole(StudyArm arm) {
    return arm.runs().size() == study.seeds() && arm.isWhole();
  }

  private static boolean isAboveZero(Interval gain) {
    return gain == null || gain.low() != null && gain.low() > 0;
  }

  private static Comparator<StudyArm> fewerSynthetic() {
    return Comparator.comparingDouble((StudyArm arm) -> arm.ratio() == null ? 0 : arm.ratio())
        .thenComparing(arm -> Arm.of(arm.arm()));
  }

  /** Of equals the first. */
  private static StudyArm mostAccurate(List<StudyArm> arms, Predicate<StudyArm> eligible) {
    return arms.stream()
        .filter(eligible)
        .reduce((best, arm) -> arm.tune().mean() > best.tune().mean() ? arm : best)
        .orElse(null);
  }

  /** Every seed takes the mixed arm and ratio that are best on its own TUNE rows. */
  private Interval ownChoice(Arm baseline, List<Column> columns) {
    List<Column> mixed =
        columns.stream()
            .filter(column -> column.arm().mixes())
            .sorted(
                Comparator.comparingDouble((Column column) -> column.ratio())
                    .thenComparing(Column::arm))
            .toList();
    return over(
        seed ->
            mixed.stream()
                .filter(column -> column.tune(seed) != null)
                .reduce((best, one) -> one.tune(seed) > best.tune(seed) ? one : best)
                .map(best -> difference(best, baseline, columns, seed))
                .orElse(null));
  }
}
