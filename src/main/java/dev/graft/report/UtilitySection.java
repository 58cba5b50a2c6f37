package dev.graft.report;

import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.utility.Arm;
import dev.graft.evaluate.utility.ArmFigures;
import dev.graft.evaluate.utility.ArmRun;
import dev.graft.evaluate.utility.Interval;
import dev.graft.evaluate.utility.UtilityFigures;
import dev.graft.report.chart.IntervalChart;
import dev.graft.report.chart.IntervalChart.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Whether a classifier learns more with the synthetic rows than without. */
final class UtilitySection implements Section {
  @Override
  public String id() {
    return "utility";
  }

  @Override
  public String title() {
    return "Does it help?";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    UtilityFigures utility = evidence.evaluation().utility();
    if (utility.arms().isEmpty()) {
      return Optional.empty();
    }
    StringBuilder out = new StringBuilder("<p>One classifier recipe, <code>");
    out.append(Html.text(utility.learner()));
    out.append("</code>, is trained on each arm ")
        .append(
            utility.chosen()
                ? "as every run chooses on real tune rows, and tested on the real test rows. "
                : "for the same number of steps and tested on the real test rows. ")
        .append(utility.mixing())
        .append(softLabels(evidence))
        .append(' ')
        .append(paired(utility));
    out.append("</p><div class=\"pair\">");
    List<ArmFigures> done = utility.arms().stream().filter(arm -> arm.accuracy() != null).toList();
    if (!done.isEmpty()) {
      out.append(figure("Accuracy on real test rows", accuracy(done)));
    }
    utility
        .bestReal()
        .map(over -> gains(utility, over))
        .filter(gains -> !gains.isEmpty())
        .ifPresent(gains -> out.append(figure(caption(utility), gain(gains))));
    out.append("</div>")
        .append(arms(utility))
        .append(Choices.of(utility))
        .append(RarestClassTable.of(evidence))
        .append(LabelTable.of(evidence))
        .append(recall(evidence, done));
    return Optional.of(out.toString());
  }

  private static String softLabels(Evidence evidence) {
    return evidence.spec().at("/augment/soft-labels").asBoolean()
        ? " Of synthetic rows it learns the judge's probabilities of all classes (soft labels)."
        : "";
  }

  private static String paired(UtilityFigures utility) {
    int most = utility.arms().stream().mapToInt(arm -> arm.runs().size()).max().orElse(0);
    int least = utility.arms().stream().mapToInt(arm -> arm.runs().size()).min().orElse(0);
    String same =
        utility.chosen()
            ? ""
            : " Every arm gets the same number of steps, which may be few for arms that never see a"
                + " row twice alike.";
    if (most < 2) {
      return "There is one run an arm, so differences of a point or less may be chance." + same;
    }
    return "Runs of equal number share their seed, so differences are paired; lines are 95\u202f%"
        + " intervals (Student)"
        + (least < 2 ? ", and arms with one run have none" : "")
        + ". Seeds vary the learner alone: generator and data are the same."
        + same;
  }

  private static String figure(String caption, String chart) {
    return "<figure><figcaption>" + caption + "</figcaption>" + chart + "</figure>";
  }

  private static String caption(UtilityFigures utility) {
    String over = utility.bestReal().orElseThrow();
    List<String> realAlone =
        utility.arms().stream()
            .filter(arm -> arm.accuracy() != null)
            .map(ArmFigures::arm)
            .filter(arm -> !Arm.of(arm).usesSynthetic())
            .toList();
    return "Difference to <b>"
        + over
        + "</b>"
        + (realAlone.size() > 1 ? ", the best of " + String.join(" and ", realAlone) : "")
        + ", percentage points";
  }

  /** Of every other arm that learns from real rows too. */
  private static Map<ArmFigures, Interval> gains(UtilityFigures utility, String over) {
    Map<ArmFigures, Interval> gains = new LinkedHashMap<>();
    for (ArmFigures arm : utility.arms()) {
      if (!arm.arm().equals(over) && Arm.of(arm.arm()).usesReal()) {
        utility.gain(arm.arm(), over).ifPresent(gain -> gains.put(arm, gain));
      }
    }
    return gains;
  }

  private static String accuracy(List<ArmFigures> arms) {
    List<Row> rows = new ArrayList<>();
    for (ArmFigures arm : arms) {
      double[] single = arm.runs().stream().mapToDouble(run -> 100 * run.accuracy()).toArray();
      rows.add(row(arm, arm.accuracy(), single, Html.percent(arm.accuracy().mean())));
    }
    return IntervalChart.of("Accuracy of every arm, in per cent", rows, OptionalDouble.empty());
  }

  private static String gain(Map<ArmFigures, Interval> gains) {
    List<Row> rows = new ArrayList<>();
    gains.forEach((arm, gain) -> rows.add(row(arm, gain, new double[0], Html.points(gain.mean()))));
    return IntervalChart.of(
        "Difference of every arm to the best of real rows alone, in percentage points",
        rows,
        OptionalDouble.of(0));
  }

  private static Row row(ArmFigures arm, Interval interval, double[] single, String shown) {
    double mean = 100 * interval.mean();
    return new Row(
        arm.arm(),
        Arm.of(arm.arm()).usesSynthetic() ? "synthetic" : "real",
        mean,
        interval.low() == null ? mean : 100 * interval.low(),
        interval.high() == null ? mean : 100 * interval.high(),
        single,
        shown);
  }

  private static String arms(UtilityFigures utility) {
    String over = utility.bestReal().orElse("");
    StringBuilder out =
        new StringBuilder(
            "<div class=\"scroll\"><table><thead><tr><th>Arm</th><th>Trained on</th>"
                + "<th class=\"n\">Real rows</th><th class=\"n\">Synthetic rows</th><th class=\"n\">Runs</th><th class=\"n\">Accuracy</th><th class=\"n\">Deviation</th>"
                + "<th class=\"n\">Gain"
                + (over.isEmpty() ? "" : " over " + over)
                + ", points</th><th>95\u202f% interval</th></tr></thead><tbody>");
    for (ArmFigures arm : utility.arms()) {
      out.append("<tr><th scope=\"row\">").append(arm.arm()).append("</th><td class=\"words\">");
      out.append(Arm.of(arm.arm()).meaning()).append("</td>");
      if (arm.accuracy() == null) {
        out.append("<td colspan=\"7\">").append(Html.text(arm.reason())).append("</td></tr>");
        continue;
      }
      ArmRun first = arm.runs().get(0);
      cell(out, Html.count(first.realRows()));
      cell(out, Html.count(first.syntheticRows()));
      cell(out, arm.runs().size() + (first.source().equals(ArmRun.EXAMINER) ? "*" : ""));
      cell(out, Html.percent(arm.accuracy().mean()));
      cell(out, arm.accuracy().deviation() == null ? "" : Html.percent(arm.accuracy().deviation()));
      Interval gain = arm.arm().equals(over) ? null : utility.gain(arm.arm(), over).orElse(null);
      cell(out, gain == null ? "" : Html.points(gain.mean()));
      out.append("<td>").append(interval(gain)).append("</td></tr>");
    }
    out.append("</tbody></table></div>");
    boolean reused =
        utility.arms().stream()
            .flatMap(arm -> arm.runs().stream())
            .anyMatch(run -> run.source().equals(ArmRun.EXAMINER));
    return out
        + (reused
            ? "<p class=\"note\">* Run 0 is the examiner itself, which was trained by this very recipe.</p>"
            : "")
        + (utility.baseline() == null || over.equals(utility.baseline())
            ? ""
            : "<p class=\"note\">Gates on a gain, and the gains of <code>metrics.json</code>, are over <b>"
                + utility.baseline()
                + "</b>.</p>");
  }

  static void cell(StringBuilder out, String value) {
    out.append("<td class=\"n\">").append(value).append("</td>");
  }

  /** The ends of a gain's interval, and what follows from them. */
  static String interval(Interval gain) {
    if (gain == null || gain.low() == null) {
      return "";
    }
    return Html.points(gain.low())
        + " to "
        + Html.points(gain.high())
        + (gain.low() > 0
            ? " <b class=\"pass\">better</b>"
            : gain.high() < 0 ? " <b class=\"fail\">worse</b>" : "");
  }

  private static String recall(Evidence evidence, List<ArmFigures> arms) {
    if (arms.isEmpty()) {
      return "";
    }
    List<String> classes = evidence.schema().classes();
    StringBuilder out =
        new StringBuilder(
            "<details><summary>Recall per class</summary><div class=\"scroll\"><table><thead><tr><th>Class</th>");
    arms.forEach(arm -> out.append("<th class=\"n\">").append(arm.arm()).append("</th>"));
    out.append("</tr></thead><tbody>");
    for (int c = 0; c < classes.size(); c++) {
      out.append("<tr><th scope=\"row\">").append(Html.text(classes.get(c))).append("</th>");
      for (ArmFigures arm : arms) {
        Double value = arm.recall().get(c);
        cell(
            out,
            value == null ? Html.undefined("no test rows of this class") : Html.percent(value));
      }
      out.append("</tr>");
    }
    return out.append("</tbody></table></div></details>").toString();
  }
}
