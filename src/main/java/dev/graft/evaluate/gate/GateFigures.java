package dev.graft.evaluate.gate;

import dev.graft.evaluate.Figure;
import dev.graft.evaluate.Metric.MetricInfo;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.SelectionFigures;
import dev.graft.evaluate.SelectionFigures.ClassSelection;
import dev.graft.evaluate.copies.CopyFigures;
import dev.graft.evaluate.quality.Comparison;
import dev.graft.evaluate.quality.GroupFigures;
import dev.graft.evaluate.quality.MeasureQuality;
import dev.graft.evaluate.quality.QualityFigures;
import dev.graft.evaluate.utility.Arm;
import dev.graft.evaluate.utility.ArmFigures;
import dev.graft.evaluate.utility.Interval;
import dev.graft.evaluate.utility.UtilityFigures;
import dev.graft.model.watch.WatchStory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The figures that gates can ask for, by name.
 *
 * @param quality metrics of accepted rows, beside real tune rows
 * @param selection what was accepted
 * @param copies nearest-copy check
 * @param utility the comparison of arms
 * @param training what was seen of the generator's training; null where nobody looked
 */
public record GateFigures(
    QualityFigures quality,
    SelectionFigures selection,
    CopyFigures copies,
    UtilityFigures utility,
    WatchStory training) {
  private static final String COLLAPSE = "training-collapse";
  private static final String SHORTFALL = "shortfall";
  private static final String ACCEPTANCE = "acceptance";
  private static final String COPIED = "copied-rows";
  private static final String ACCURACY = "-accuracy";
  private static final String GAIN = "-gain";
  private static final String NO_REFERENCE = "has no figure of real tune rows to be relative to";
  private static final String NO_CLASSES = "has no figures per class";
  private static final String NONE_WANTED = "no class wants rows";

  /**
   * A figure of one group.
   *
   * @param group class name, or {@code overall}
   * @param value of accepted rows
   * @param reference the same of real tune rows; undefined where there is no such thing
   */
  record Candidate(String group, Figure value, Figure reference) {}

  /** Every name that a gate may have, for validation and messages. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    Metrics.all().forEach(metric -> names.add(metric.info().name()));
    names.addAll(List.of(MeasureQuality.AGREEMENT, SHORTFALL, ACCEPTANCE, COPIED, COLLAPSE));
    for (Arm arm : Arm.values()) {
      names.add(arm.key() + ACCURACY);
    }
    for (Arm arm : Arm.values()) {
      if (arm != Arm.CLASSICAL) {
        names.add(arm.key() + GAIN);
      }
    }
    return names;
  }

  /** The overall figure of this name. */
  Candidate overall(String name) {
    return switch (name) {
      case SHORTFALL -> worstShortfall();
      case COLLAPSE -> plain(Figure.of(training != null && training.collapsed() ? 1 : 0));
      case ACCEPTANCE -> plain(selection.acceptance());
      case COPIED ->
          new Candidate(GroupFigures.OVERALL, copies.accepted().copied(), copies.tune().copied());
      default -> {
        if (name.endsWith(ACCURACY)) {
          yield plain(ofArm(name, ACCURACY, ArmFigures::accuracy));
        }
        if (name.endsWith(GAIN)) {
          yield plain(ofArm(name, GAIN, ArmFigures::gain));
        }
        yield measured(quality.overall(), name);
      }
    };
  }

  /**
   * The figures of this name per class that wants rows; a single undefined one when there are none.
   */
  List<Candidate> perClass(String name) {
    boolean metric = isMetric(name) && !quality.perClass().isEmpty();
    if (!metric && !name.equals(SHORTFALL) && !name.equals(ACCEPTANCE)) {
      return List.of(plain(Figure.undefined(NO_CLASSES)));
    }
    List<Candidate> candidates =
        metric
            ? quality.perClass().stream()
                .filter(group -> wantsRows(group.name()))
                .map(group -> measured(group, name))
                .toList()
            : selection.classes().stream()
                .filter(each -> each.wanted() > 0)
                .map(each -> name.equals(SHORTFALL) ? shortfall(each) : acceptance(each))
                .toList();
    return candidates.isEmpty() ? List.of(plain(Figure.undefined(NONE_WANTED))) : candidates;
  }

  private boolean wantsRows(String name) {
    return selection.classes().stream()
        .noneMatch(each -> each.name().equals(name) && each.wanted() == 0);
  }

  private static Candidate acceptance(ClassSelection selection) {
    return new Candidate(selection.name(), selection.acceptance(), Figure.undefined(NO_REFERENCE));
  }

  private Candidate worstShortfall() {
    return selection.classes().stream()
        .map(GateFigures::shortfall)
        .reduce((a, b) -> b.value.value() > a.value.value() ? b : a)
        .orElse(plain(Figure.undefined("there are no classes")));
  }

  private static Candidate shortfall(ClassSelection selection) {
    return new Candidate(
        selection.name(), Figure.of(selection.shortfall()), Figure.undefined(NO_REFERENCE));
  }

  private static boolean isMetric(String name) {
    return name.equals(MeasureQuality.AGREEMENT)
        || Metrics.all().stream()
            .map(metric -> metric.info())
            .map(MetricInfo::name)
            .anyMatch(name::equals);
  }

  private static Candidate measured(GroupFigures group, String name) {
    Comparison comparison = group.metrics().get(name);
    if (comparison == null) {
      return new Candidate(
          group.name(),
          Figure.undefined("was not measured: add it to evaluate.metrics"),
          Figure.undefined("was not measured"));
    }
    return new Candidate(group.name(), comparison.after(), comparison.realVsReal());
  }

  private Figure ofArm(String name, String suffix, Function<ArmFigures, Interval> figure) {
    String arm = name.substring(0, name.length() - suffix.length());
    ArmFigures figures = utility.arm(arm).orElse(null);
    if (figures == null) {
      return Figure.undefined("the arm " + arm + " was not run: add it to evaluate.utility.arms");
    }
    Interval interval = figure.apply(figures);
    if (interval == null) {
      return Figure.undefined(
          figures.reason() != null
              ? figures.reason()
              : "there is no run of the arm " + Arm.CLASSICAL.key() + " to compare with");
    }
    return Figure.of(interval.mean());
  }

  private static Candidate plain(Figure value) {
    return new Candidate(GroupFigures.OVERALL, value, Figure.undefined(NO_REFERENCE));
  }
}
