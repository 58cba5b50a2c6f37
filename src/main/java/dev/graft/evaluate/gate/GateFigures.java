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
import dev.graft.evaluate.utility.LabelFigures;
import dev.graft.evaluate.utility.UtilityFigures;
import dev.graft.model.watch.WatchStory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
  private static final String SKILL = "-skill";
  private static final String MICRO_F1 = "-micro-f1";
  private static final String MACRO_F1 = "-macro-f1";
  private static final String ONE_LABEL = "is of rows of several labels; these have one";
  private static final double LEAST_SKILL = 0.1;
  private static final String NO_REFERENCE = "has no figure of real tune rows to be relative to";
  private static final String NO_CLASSES = "has no figures per class";
  private static final String NONE_WANTED = "no class wants rows";

  /**
   * A figure of one group.
   *
   * @param group class name, or {@code overall}
   * @param value of accepted rows
   * @param reference the same of real tune rows; undefined where there is no such thing
   * @param excuse why the figure says nothing of the generator, whatever it is: there are too few
   *     real rows, or no more are wanted; empty where it does
   * @param note what is behind the figure, for the message of a gate that fails; may be empty
   */
  record Candidate(String group, Figure value, Figure reference, String excuse, String note) {
    Candidate(String group, Figure value, Figure reference) {
      this(group, value, reference, "", "");
    }

    Candidate excused(String why) {
      return new Candidate(group, value, reference, why, note);
    }

    Candidate noted(String what) {
      return new Candidate(group, value, reference, excuse, what);
    }
  }

  /** Every name that a gate may have, for validation and messages. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    Metrics.all().forEach(metric -> names.add(metric.info().name()));
    names.addAll(List.of(MeasureQuality.AGREEMENT, SHORTFALL, ACCEPTANCE, COPIED, COLLAPSE));
    for (Arm arm : Arm.values()) {
      names.add(arm.key() + ACCURACY);
      names.add(arm.key() + MICRO_F1);
      names.add(arm.key() + MACRO_F1);
    }
    for (Arm arm : Arm.values()) {
      if (arm != Arm.CLASSICAL) {
        names.add(arm.key() + GAIN);
      }
    }
    for (Arm arm : Arm.values()) {
      if (arm != Arm.REAL) {
        names.add(arm.key() + SKILL);
      }
    }
    return names;
  }

  /** The overall figure of this name. */
  Candidate overall(String name) {
    return switch (name) {
      case SHORTFALL -> worstShortfall();
      case COLLAPSE -> collapse();
      case ACCEPTANCE ->
          plain(selection.acceptance())
              .excused(selection.wanted() == 0 ? NONE_WANTED : "")
              .noted(mostRefused(selection.rejections(), selection.candidates()));
      case COPIED ->
          new Candidate(GroupFigures.OVERALL, copies.accepted().copied(), copies.tune().copied())
              .excused(copies.tune().copied().isDefined() ? "" : copies.tune().copied().reason());
      default -> {
        if (name.endsWith(ACCURACY)) {
          yield plain(ofArm(name, ACCURACY, ArmFigures::accuracy));
        }
        if (name.endsWith(MICRO_F1)) {
          yield plain(ofLabels(name, MICRO_F1, LabelFigures::microF1));
        }
        if (name.endsWith(MACRO_F1)) {
          yield plain(ofLabels(name, MACRO_F1, LabelFigures::macroF1));
        }
        if (name.endsWith(GAIN)) {
          yield plain(ofArm(name, GAIN, ArmFigures::gain));
        }
        if (name.endsWith(SKILL)) {
          yield skill(name);
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

  private Candidate collapse() {
    if (training == null || !training.collapsed()) {
      return plain(Figure.of(0));
    }
    return plain(Figure.of(1))
        .noted(
            training.events().stream()
                .reduce((before, last) -> last)
                .map(last -> "at step " + last.step() + " " + last.seen() + "; " + last.done())
                .orElse(""));
  }

  private boolean wantsRows(String name) {
    return selection.classes().stream()
        .noneMatch(each -> each.name().equals(name) && each.wanted() == 0);
  }

  private static Candidate acceptance(ClassSelection selection) {
    return new Candidate(selection.name(), selection.acceptance(), Figure.undefined(NO_REFERENCE))
        .noted(mostRefused(selection.rejections(), selection.candidates()));
  }

  /** Such as {@code realism:min refused 97.3 % of the candidates}. */
  private static String mostRefused(Map<String, Long> rejections, long candidates) {
    return rejections.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .filter(most -> most.getValue() > 0)
        .map(
            most ->
                String.format(
                    Locale.ROOT,
                    "%s refused %.1f %% of the candidates",
                    most.getKey(),
                    100.0 * most.getValue() / candidates))
        .orElse("");
  }

  private Candidate worstShortfall() {
    return selection.classes().stream()
        .map(GateFigures::shortfall)
        .reduce((a, b) -> b.value.value() > a.value.value() ? b : a)
        .orElse(plain(Figure.undefined("there are no classes")));
  }

  private static Candidate shortfall(ClassSelection selection) {
    return new Candidate(
            selection.name(), Figure.of(selection.shortfall()), Figure.undefined(NO_REFERENCE))
        .noted(mostRefused(selection.rejections(), selection.candidates()));
  }

  private static boolean isMetric(String name) {
    return name.equals(MeasureQuality.AGREEMENT)
        || Metrics.all().stream()
            .map(metric -> metric.info())
            .map(MetricInfo::name)
            .anyMatch(name::equals);
  }

  private Candidate measured(GroupFigures group, String name) {
    Comparison comparison = group.metrics().get(name);
    if (comparison == null) {
      return new Candidate(
          group.name(),
          Figure.undefined("was not measured: add it to evaluate.metrics"),
          Figure.undefined("was not measured"));
    }
    return new Candidate(group.name(), comparison.after(), comparison.realVsReal())
        .excused(tooFew(group));
  }

  /** Why a group cannot be measured, whatever the generator does; empty when it can. */
  private String tooFew(GroupFigures group) {
    Comparison agreement = group.metrics().get(MeasureQuality.AGREEMENT);
    if (agreement != null && !agreement.realVsReal().isDefined()) {
      return agreement.realVsReal().reason();
    }
    long wanted =
        selection.classes().stream()
            .filter(each -> group.label() < 0 || each.name().equals(group.name()))
            .mapToLong(ClassSelection::wanted)
            .sum();
    return wanted < MeasureQuality.FEWEST
        ? "needs at least " + MeasureQuality.FEWEST + " accepted rows; wanted are " + wanted
        : "";
  }

  /**
   * How much of what a learner learns from real rows it also learns in this arm, both above chance:
   * (recall - 1 / classes) over the same of the arm {@code real}, recall being the mean over
   * classes.
   */
  private Candidate skill(String name) {
    Figure own = aboveChance(name.substring(0, name.length() - SKILL.length()));
    Figure real = aboveChance(Arm.REAL.key());
    if (!real.isDefined()) {
      return plain(real).excused(real.reason());
    }
    if (real.value() < LEAST_SKILL) {
      String little =
          "a learner is hardly better than chance with the real rows: its mean recall is "
              + real.value()
              + " above it";
      return plain(Figure.undefined(little)).excused(little);
    }
    return plain(own.isDefined() ? Figure.of(own.value() / real.value()) : own)
        .excused(name.equals(Arm.SYNTHETIC.key() + SKILL) ? untaught() : "");
  }

  /** Why synthetic rows alone cannot teach a learner all classes; empty where they can. */
  private String untaught() {
    return selection.classes().stream()
        .filter(each -> each.wanted() == 0)
        .findFirst()
        .map(each -> "no rows of " + each.name() + " are wanted, so rows alone cannot teach it")
        .orElse("");
  }

  /** Mean recall of an arm above that of guessing. */
  private Figure aboveChance(String arm) {
    Figure accuracy = ofArm(arm, "", ArmFigures::accuracy);
    if (!accuracy.isDefined()) {
      return accuracy;
    }
    double[] recalls =
        utility.arm(arm).orElseThrow().recall().stream()
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    return recalls.length < 2
        ? Figure.undefined("there are test rows of fewer than two classes")
        : Figure.of(Arrays.stream(recalls).average().orElseThrow() - 1.0 / recalls.length);
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

  private Figure ofLabels(String name, String suffix, Function<LabelFigures, Interval> figure) {
    Figure accuracy = ofArm(name, suffix, ArmFigures::accuracy);
    if (!accuracy.isDefined()) {
      return accuracy;
    }
    LabelFigures labels =
        utility.arm(name.substring(0, name.length() - suffix.length())).orElseThrow().labels();
    return labels == null ? Figure.undefined(ONE_LABEL) : Figure.of(figure.apply(labels).mean());
  }

  private static Candidate plain(Figure value) {
    return new Candidate(GroupFigures.OVERALL, value, Figure.undefined(NO_REFERENCE));
  }
}
