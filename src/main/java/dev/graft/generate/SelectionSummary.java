package dev.graft.generate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.graft.data.DatasetSchema;
import dev.graft.generate.ClassReport.DrawnRange;
import dev.graft.generate.GenerationPlan.ClassPlan;
import dev.graft.model.ServiceUse;
import dev.graft.select.SelectionRules;
import dev.graft.spec.SelectRule;
import dev.graft.spec.SelectRule.Kind;
import dev.graft.spec.SelectRule.TunePercentile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a finished selection: the content of {@code selection.json} and of the stage's
 * summary. The same at any parallelism and after any retry.
 *
 * @param wanted accepted rows asked for
 * @param candidates drawn over all rounds
 * @param passed candidates that every rule let pass; those that were not needed are surplus
 * @param accepted kept
 * @param shortfall wanted rows that are missing
 * @param acceptance share of the candidates that passed every rule, needed or not: what the report
 *     and the gate of this name mean
 * @param keptShare share of the candidates that were accepted
 * @param collapsed candidates dropped from over-full buckets of near-duplicates
 * @param rounds rounds that drew candidates
 * @param rejections candidates by the first reason that refused them
 * @param thresholds what each rule compared with
 * @param published what candidates were compared with of earlier dates; absent where these do not
 *     count
 * @param realDrops what the near-duplicate rule would drop of real rows; absent without such a rule
 * @param service what the candidates have taken of the service that was asked; absent without one
 * @param warnings what a person should know before the rows are used
 * @param shortClasses a sentence for each class that fell short
 * @param classes in class order
 */
public record SelectionSummary(
    long wanted,
    long candidates,
    long passed,
    long accepted,
    long shortfall,
    double acceptance,
    double keptShare,
    long collapsed,
    int rounds,
    Map<String, Long> rejections,
    List<AppliedRule> thresholds,
    @JsonInclude(JsonInclude.Include.NON_NULL) Published published,
    @JsonInclude(JsonInclude.Include.NON_NULL) RealDrops realDrops,
    @JsonInclude(JsonInclude.Include.NON_NULL) ServiceUse service,
    List<String> warnings,
    List<String> shortClasses,
    List<ClassFigures> classes) {

  /**
   * @param rule the reason under which it counts
   * @param declared the threshold as declared
   * @param value the number it came to
   */
  public record AppliedRule(String rule, String declared, Double value) {}

  /**
   * Synthetic rows that were published before.
   *
   * @param dates earlier run dates of this dataset
   * @param rows of all of them
   */
  public record Published(int dates, long rows) {
    static Published of(List<PublishedDate> dates) {
      return new Published(dates.size(), dates.stream().mapToLong(PublishedDate::rows).sum());
    }
  }

  /** The figures of one class, named as those of the whole. */
  public record ClassFigures(
      int label,
      String name,
      long realRows,
      long wanted,
      long candidates,
      long passed,
      long accepted,
      long shortfall,
      double acceptance,
      double keptShare,
      long collapsed,
      Map<String, Long> rejections) {}

  static SelectionSummary of(
      GenerationPlan plan,
      DatasetSchema schema,
      SelectionRules rules,
      double[] bounds,
      Published published,
      RealDrops realDrops,
      ServiceUse service,
      Map<Integer, ClassReport> reports) {
    List<ClassFigures> classes =
        plan.classes().stream()
            .map(target -> figures(target, schema, rules, reports.get(target.label())))
            .toList();
    Map<String, Long> rejections = new TreeMap<>();
    classes.forEach(
        c -> c.rejections().forEach((reason, n) -> rejections.merge(reason, n, Long::sum)));
    long candidates = classes.stream().mapToLong(ClassFigures::candidates).sum();
    long passed = classes.stream().mapToLong(ClassFigures::passed).sum();
    long accepted = classes.stream().mapToLong(ClassFigures::accepted).sum();
    return new SelectionSummary(
        plan.wanted(),
        candidates,
        passed,
        accepted,
        classes.stream().mapToLong(ClassFigures::shortfall).sum(),
        share(passed, candidates),
        share(accepted, candidates),
        classes.stream().mapToLong(ClassFigures::collapsed).sum(),
        reports.values().stream()
            .flatMap(report -> report.ranges().stream())
            .mapToInt(range -> range.round() + 1)
            .max()
            .orElse(0),
        rejections,
        applied(rules, bounds),
        published,
        realDrops,
        service,
        realDrops == null ? List.of() : realDrops.warnings(),
        classes.stream()
            .filter(c -> c.shortfall() > 0)
            .map(
                c ->
                    String.format(
                        Locale.ROOT,
                        "%s: %d of %d, %d short",
                        c.name(),
                        c.accepted(),
                        c.wanted(),
                        c.shortfall()))
            .toList(),
        classes);
  }

  private static ClassFigures figures(
      ClassPlan target, DatasetSchema schema, SelectionRules rules, ClassReport report) {
    Map<String, Long> rejections = new TreeMap<>();
    rules.reasons().forEach(reason -> rejections.put(reason, 0L));
    long drawn = 0;
    long accepted = 0;
    if (report != null) {
      drawn = report.ranges().stream().mapToLong(DrawnRange::count).sum();
      accepted = report.counts().get(0);
      for (int verdict = 1; verdict < report.counts().size(); verdict++) {
        if (report.counts().get(verdict) > 0) {
          rejections.merge(rules.reason(verdict), report.counts().get(verdict), Long::sum);
        }
      }
    }
    long passed = accepted + rejections.get(SelectionRules.SURPLUS);
    return new ClassFigures(
        target.label(),
        target.label() < 0 ? "" : schema.classes().get(target.label()),
        target.realRows(),
        target.wanted(),
        drawn,
        passed,
        accepted,
        target.wanted() - accepted,
        share(passed, drawn),
        share(accepted, drawn),
        report == null ? 0 : report.collapsed(),
        rejections);
  }

  private static List<AppliedRule> applied(SelectionRules rules, double[] bounds) {
    List<AppliedRule> applied = new ArrayList<>();
    for (int i = 0; i < bounds.length; i++) {
      SelectRule rule = rules.rules().get(i);
      String declared =
          rule.threshold() instanceof TunePercentile percentile
              ? percentile.text()
              : rule.kind() == Kind.DROP || rule.kind() == Kind.PUBLISHED ? "distance" : "fixed";
      applied.add(new AppliedRule(rule.reason(), declared, bounds[i]));
    }
    return applied;
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }
}
