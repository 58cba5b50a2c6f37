package dev.graft.generate;

import dev.graft.data.Condition;
import dev.graft.data.GraftException;
import dev.graft.spec.AugmentSpec;
import dev.graft.spec.AugmentSpec.BalanceToLargest;
import dev.graft.spec.AugmentSpec.Multiply;
import dev.graft.spec.AugmentSpec.RowsPerClass;
import dev.graft.spec.AugmentSpec.SyntheticPerClass;
import dev.graft.spec.AugmentSpec.Target;
import dev.graft.spec.AugmentSpec.TotalPerClass;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How many candidates of each class are drawn, known before anything runs: from the target and the
 * number of real train rows per class.
 *
 * @param classes in label order
 */
public record GenerationPlan(List<ClassPlan> classes) implements Serializable {
  public GenerationPlan {
    classes = List.copyOf(classes);
  }

  /**
   * The plan of one class.
   *
   * @param label class id, or -1 for an unlabelled dataset
   * @param realRows real train rows
   * @param wanted accepted synthetic rows to reach
   * @param firstRound candidates of the first round
   * @param cap most candidates over all rounds
   */
  public record ClassPlan(int label, long realRows, long wanted, long firstRound, long cap)
      implements Serializable {
    public Condition condition() {
      return Condition.ofLabel(label);
    }
  }

  /**
   * The plan of a spec's {@code augment} section.
   *
   * @param names of the classes, by id
   * @throws dev.graft.data.GraftException (exit 2) when the section names another
   */
  public static GenerationPlan of(
      AugmentSpec augment, Map<Integer, Long> trainRows, List<String> names) {
    GenerationPlan all =
        of(augment.target(), trainRows, names, augment.oversample(), augment.cap());
    Set<String> named = own(augment.target());
    return new GenerationPlan(
        all.classes.stream()
            .map(
                plan ->
                    plan.realRows() < augment.minRows()
                            && !(plan.label() >= 0 && named.contains(names.get(plan.label())))
                        ? of(plan.label(), plan.realRows(), 0, augment.oversample(), augment.cap())
                        : plan)
            .toList());
  }

  /**
   * @param target rows to reach per class
   * @param trainRows real train rows by class id; the id -1 stands for an unlabelled dataset
   * @param names of the classes, by id
   * @param oversample candidates of the first round per row wanted, at least 1
   * @param cap most candidates per row wanted, over all rounds
   */
  public static GenerationPlan of(
      Target target,
      Map<Integer, Long> trainRows,
      List<String> names,
      double oversample,
      double cap) {
    checkNames(target, names);
    long largest = trainRows.values().stream().mapToLong(Long::longValue).max().orElse(0);
    List<ClassPlan> classes = new ArrayList<>();
    new TreeMap<>(trainRows)
        .forEach(
            (label, rows) ->
                classes.add(
                    of(
                        label,
                        rows,
                        wanted(target, label < 0 ? "" : names.get(label), rows, largest),
                        oversample,
                        cap)));
    return new GenerationPlan(classes);
  }

  /** Names of the classes that have a number of their own. */
  private static Set<String> own(Target target) {
    return target instanceof RowsPerClass each ? each.classes().keySet() : Set.of();
  }

  private static void checkNames(Target target, List<String> names) {
    Set<String> unknown = new TreeSet<>(own(target));
    names.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw GraftException.usage(
          "augment asks for rows of \"%s\", which is no class of the data; its classes are %s",
          String.join("\", \"", unknown), String.join(", ", names));
    }
  }

  private static ClassPlan of(int label, long rows, long wanted, double oversample, double cap) {
    long most = share(wanted, cap);
    return new ClassPlan(label, rows, wanted, Math.min(share(wanted, oversample), most), most);
  }

  /**
   * This plan with its rows moved between classes: half of each class's stay, the other half goes
   * by need. There are as many in all, but for rounding.
   *
   * @param need of each class by label, 0 or more; all 0 changes nothing
   * @param augment what this plan was made of
   */
  GenerationPlan byNeed(double[] need, AugmentSpec augment) {
    double mean = classes.stream().mapToDouble(plan -> need[plan.label()]).average().orElse(0);
    if (mean == 0) {
      return this;
    }
    double all = wanted();
    double weighted =
        classes.stream().mapToDouble(plan -> plan.wanted() * (need[plan.label()] + mean)).sum();
    return new GenerationPlan(
        classes.stream()
            .map(
                plan -> {
                  double share = plan.wanted() * (need[plan.label()] + mean) / weighted;
                  long wanted = weighted == 0 ? 0 : Math.round(share * all);
                  return of(
                      plan.label(), plan.realRows(), wanted, augment.oversample(), augment.cap());
                })
            .toList());
  }

  /** Accepted rows to reach, over all classes. */
  public long wanted() {
    return classes.stream().mapToLong(ClassPlan::wanted).sum();
  }

  /** Candidates of the first round, over all classes. */
  public long firstRound() {
    return classes.stream().mapToLong(ClassPlan::firstRound).sum();
  }

  /** Most candidates over all rounds and classes. */
  public long cap() {
    return classes.stream().mapToLong(ClassPlan::cap).sum();
  }

  /** The plan of one class. */
  public ClassPlan ofLabel(int label) {
    return classes.stream()
        .filter(plan -> plan.label() == label)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no class " + label + " in the plan"));
  }

  /** The ranges of the first round, longest first so that dealing them out in turn is fair. */
  public List<CandidateRange> firstRanges() {
    return longestFirst(
        classes.stream()
            .flatMap(
                plan -> CandidateRange.cover(plan.condition(), 0, 0, plan.firstRound()).stream())
            .toList());
  }

  static List<CandidateRange> longestFirst(List<CandidateRange> ranges) {
    return ranges.stream()
        .sorted(Comparator.comparingInt(CandidateRange::count).reversed())
        .toList();
  }

  private static long wanted(Target target, String name, long rows, long largest) {
    if (target instanceof SyntheticPerClass synthetic) {
      return synthetic.of(name);
    }
    if (target instanceof TotalPerClass total) {
      return Math.max(0, total.of(name) - rows);
    }
    if (target instanceof Multiply multiply) {
      return Math.round(multiply.factor() * rows);
    }
    if (target instanceof BalanceToLargest balance) {
      return Math.min(largest - rows, (long) Math.floor(balance.cap() * rows + 1e-9));
    }
    throw new IllegalArgumentException("unknown target " + target);
  }

  /** Rounded up, with 2,000 times 1.1 being 2,200. */
  private static long share(long rows, double factor) {
    return (long) Math.ceil(rows * factor - 1e-6);
  }
}
