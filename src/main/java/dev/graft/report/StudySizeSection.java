package dev.graft.report;

import dev.graft.evaluate.study.Ratios;
import dev.graft.evaluate.study.SizeFigures;
import dev.graft.evaluate.study.StudyArm;
import dev.graft.evaluate.study.StudyArm.SeedRun;
import dev.graft.evaluate.study.StudyFigures;
import dev.graft.evaluate.study.Verdict;
import dev.graft.evaluate.utility.Arm;
import dev.graft.evaluate.utility.Interval;
import dev.graft.report.chart.CurveChart;
import dev.graft.report.chart.CurveChart.Curve;
import dev.graft.report.chart.CurveChart.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;

/** One size of a study: what came of it, gains against ratio, and every arm with every seed. */
final class StudySizeSection {
  private static final List<Arm> CURVES = List.of(Arm.BOTH, Arm.GENERATED, Arm.SYNTHETIC);

  private final StudyFigures figures;
  private final SizeFigures size;

  StudySizeSection(StudyFigures figures, SizeFigures size) {
    this.figures = figures;
    this.size = size;
  }

  String html() {
    return verdict() + curves() + table() + seeds();
  }

  private String verdict() {
    Verdict verdict = size.verdict();
    if (verdict == null) {
      return "<p class=\"verdict\">" + Html.text(size.words()) + "</p>";
    }
    StringBuilder out = new StringBuilder("<p class=\"verdict ");
    out.append(verdict.beats() ? "pass\">✓ " : "fail\">✗ ").append(signs(verdict.words()));
    out.append("</p><p>Recommended ratio, by tune rows alone: <strong>");
    out.append(
        verdict.recommendedRatio() > 0
            ? Ratios.text(verdict.recommendedRatio()) + "</strong>, in the arm " + verdict.best()
            : "none</strong>, for " + verdict.best() + " does best");
    out.append('.');
    List<String> gains = new ArrayList<>();
    own(gains, "classical", verdict.ownChoiceOverClassical());
    own(gains, "real", verdict.ownChoiceOverReal());
    if (!gains.isEmpty()) {
      out.append(" Where every seed takes the arm and ratio that are best on its own tune rows, ");
      out.append("gains are ").append(String.join(" and ", gains)).append('.');
    }
    return out.append("</p>").toString();
  }

  private static void own(List<String> gains, String over, Interval gain) {
    if (gain != null && gain.low() != null) {
      gains.add(points(gain) + " over " + over);
    }
  }

  private String curves() {
    StringBuilder out = new StringBuilder();
    curve(out, "classical", StudyArm::overClassical);
    curve(out, "real", StudyArm::overReal);
    return out.isEmpty() ? "" : "<div class=\"pair\">" + out + "</div>";
  }

  private void curve(StringBuilder out, String over, Function<StudyArm, Interval> gain) {
    List<Curve> curves = new ArrayList<>();
    for (Arm arm : CURVES) {
      List<Point> points =
          size.curve(arm.key()).stream()
              .filter(one -> gain.apply(one) != null)
              .map(one -> point(one, gain.apply(one)))
              .toList();
      if (!points.isEmpty() && arm.mixes()) {
        curves.add(new Curve(arm.key(), arm == Arm.BOTH ? 0 : 2, points));
      }
    }
    if (!curves.isEmpty()) {
      out.append("<figure><figcaption>Gain on test rows over <b>").append(over);
      out.append("</b>, percentage points, with 95\u202f% intervals</figcaption>");
      out.append(
          CurveChart.of(
              "Gain over " + over + " against the ratio of synthetic to real rows",
              curves,
              "synthetic rows for each real one",
              "x"));
      out.append("</figure>");
    }
  }

  private Point point(StudyArm arm, Interval gain) {
    double mean = 100 * gain.mean();
    Verdict verdict = size.verdict();
    boolean chosen =
        verdict != null && verdict.arm().equals(arm.arm()) && arm.ratio() == verdict.ratio();
    return new Point(
        arm.ratio(),
        mean,
        gain.low() == null ? mean : 100 * gain.low(),
        gain.high() == null ? mean : 100 * gain.high(),
        chosen,
        arm.name() + ": " + points(gain));
  }

  private String table() {
    StringBuilder out =
        new StringBuilder(
            "<div class=\"scroll\"><table><thead><tr><th>Arm</th><th class=\"n\">Ratio</th>"
                + "<th class=\"n\">Synthetic rows</th><th class=\"n\">Tune accuracy</th>"
                + "<th class=\"n\">Test accuracy</th><th class=\"n\">Deviation</th>"
                + "<th>Over real, points</th><th>Over classical, points</th></tr></thead><tbody>");
    for (StudyArm arm : size.arms()) {
      out.append("<tr><th scope=\"row\">").append(arm.arm()).append(mark(arm)).append("</th>");
      cell(out, arm.ratio() == null ? "" : Ratios.text(arm.ratio()));
      if (arm.test() == null) {
        out.append("<td colspan=\"6\">").append(Html.text(reason(arm))).append("</td></tr>");
        continue;
      }
      cell(out, arm.ratio() == null ? "" : synthetic(arm));
      cell(out, Html.percent(arm.tune().mean()));
      cell(out, Html.percent(arm.test().mean()));
      cell(out, arm.test().deviation() == null ? "" : Html.percent(arm.test().deviation()));
      gain(out, arm.overReal());
      gain(out, arm.overClassical());
      out.append("</tr>");
    }
    return out.append("</tbody></table></div>") + missing();
  }

  /** What is chosen on tune rows. */
  private String mark(StudyArm arm) {
    Verdict verdict = size.verdict();
    boolean best =
        verdict != null
            && verdict.best().equals(arm.arm())
            && verdict.recommendedRatio() == (arm.ratio() == null ? 0 : arm.ratio());
    return best ? " <small>best on tune</small>" : "";
  }

  private static String synthetic(StudyArm arm) {
    long least = arm.runs().stream().mapToLong(SeedRun::syntheticRows).min().orElse(0);
    long most = arm.runs().stream().mapToLong(SeedRun::syntheticRows).max().orElse(0);
    return least == most ? Html.count(most) : Html.count(least) + "–" + Html.count(most);
  }

  private static String reason(StudyArm arm) {
    return arm.runs().stream()
        .map(SeedRun::reason)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("was not run");
  }

  private String missing() {
    List<String> sentences = new ArrayList<>();
    for (StudyArm arm : size.arms()) {
      long without = arm.runs().stream().filter(run -> !run.isDone()).count();
      if (without > 0 && arm.test() != null) {
        sentences.add(
            String.format(
                Locale.ROOT,
                "%s has no result for %d of %d seeds: %s.",
                arm.name(),
                without,
                arm.runs().size(),
                reason(arm)));
      }
    }
    return sentences.isEmpty()
        ? ""
        : "<p class=\"note\">" + Html.text(String.join(" ", sentences)) + "</p>";
  }

  private String seeds() {
    StringBuilder out =
        new StringBuilder(
            "<details><summary>Every seed</summary><div class=\"scroll\"><table><thead><tr>"
                + "<th>Arm</th><th class=\"n\">Ratio</th><th class=\"n\">Seed</th>"
                + "<th class=\"n\">Real rows</th><th class=\"n\">Synthetic rows</th>"
                + "<th class=\"n\">Steps</th><th class=\"n\">Real : synthetic</th>"
                + "<th class=\"n\">Tune</th><th class=\"n\">Test</th>"
                + "<th class=\"n\">Over real</th><th class=\"n\">Over classical</th></tr></thead>"
                + "<tbody>");
    for (StudyArm arm : size.arms()) {
      for (SeedRun run : arm.runs()) {
        out.append("<tr><th scope=\"row\">").append(arm.arm()).append("</th>");
        cell(out, arm.ratio() == null ? "" : Ratios.text(arm.ratio()));
        cell(out, Integer.toString(run.seed()));
        if (!run.isDone()) {
          out.append("<td colspan=\"8\">").append(Html.text(run.reason())).append("</td></tr>");
          continue;
        }
        cell(out, Html.count(run.realRows()));
        cell(out, Html.count(run.syntheticRows()));
        cell(out, Html.count(run.steps()));
        cell(out, run.mixing() == null ? "" : run.mixing().toString());
        cell(out, Html.percent(run.tune()));
        cell(out, Html.percent(run.test()));
        cell(out, run.overReal() == null ? "" : Html.points(run.overReal()));
        cell(out, run.overClassical() == null ? "" : Html.points(run.overClassical()));
        out.append("</tr>");
      }
    }
    return out.append("</tbody></table></div></details>").append(recall()).toString();
  }

  private String recall() {
    List<String> classes = figures.classes();
    List<StudyArm> arms = size.arms().stream().filter(arm -> arm.test() != null).toList();
    if (classes.isEmpty() || arms.isEmpty()) {
      return "";
    }
    StringBuilder out =
        new StringBuilder(
            "<details><summary>Recall per class, mean over seeds</summary><div class=\"scroll\">"
                + "<table><thead><tr><th>Arm</th>");
    classes.forEach(name -> out.append("<th class=\"n\">").append(Html.text(name)).append("</th>"));
    out.append("</tr></thead><tbody>");
    for (StudyArm arm : arms) {
      out.append("<tr><th scope=\"row\">").append(arm.name()).append("</th>");
      for (int label = 0; label < classes.size(); label++) {
        int at = label;
        double[] values =
            arm.runs().stream()
                .filter(SeedRun::isDone)
                .map(run -> run.recall().get(at))
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .toArray();
        cell(
            out,
            values.length == 0
                ? Html.undefined("no test rows of this class")
                : Html.percent(Interval.of(values).mean()));
      }
      out.append("</tr>");
    }
    return out.append("</tbody></table></div></details>").toString();
  }

  private static void gain(StringBuilder out, Interval gain) {
    out.append("<td>");
    if (gain != null) {
      out.append(points(gain));
      if (gain.low() != null) {
        out.append(
            gain.low() > 0
                ? " <b class=\"pass\">better</b>"
                : gain.high() < 0 ? " <b class=\"fail\">worse</b>" : "");
      }
    }
    out.append("</td>");
  }

  private static String points(Interval gain) {
    return Html.points(gain.mean())
        + (gain.low() == null
            ? ""
            : " [" + Html.points(gain.low()) + ", " + Html.points(gain.high()) + "]");
  }

  private static void cell(StringBuilder out, String value) {
    out.append("<td class=\"n\">").append(value).append("</td>");
  }

  /** A minus where a number is below zero. */
  private static String signs(String words) {
    return Html.text(words).replaceAll("(?<=[ \\[])-(?=\\d)", "\u2212");
  }
}
