package dev.graft.report;

import dev.graft.evaluate.Figure;
import dev.graft.evaluate.Metric.Goal;
import dev.graft.evaluate.Metric.MetricInfo;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.quality.Comparison;
import dev.graft.evaluate.quality.GroupFigures;
import dev.graft.evaluate.quality.MeasureQuality;
import dev.graft.evaluate.quality.QualityFigures;
import java.util.Map;
import java.util.Optional;

/** The metrics: before and after selection, beside real against real. */
final class QualitySection implements Section {
  private static final double WEAK = 0.8;

  @Override
  public String id() {
    return "metrics";
  }

  @Override
  public String title() {
    return "How good are the rows?";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    QualityFigures metrics = evidence.evaluation().metrics();
    if (metrics.overall().metrics().isEmpty()) {
      return Optional.empty();
    }
    StringBuilder out = new StringBuilder("<p>Each metric compares ");
    out.append(Html.count(metrics.overall().rows()));
    out.append(
        " rows with as many real test rows, in the features of the examiner, a classifier that was"
            + " trained on real rows only and that selection has never seen. The third bar is what"
            + " unseen real rows (tune) reach in the very same comparison: the mark to aim"
            + " at.</p>");
    out.append(
        "<p class=\"legend\"><span class=\"key before\"></span>before selection "
            + "<span class=\"key after\"></span>after selection "
            + "<span class=\"key real\"></span>real against real</p><div class=\"metrics\">");
    metrics.overall().metrics().forEach((name, figures) -> out.append(card(name, figures)));
    out.append("</div>").append(perClass(metrics));
    return Optional.of(out.toString());
  }

  private static String card(String name, Comparison figures) {
    Optional<MetricInfo> info = info(name);
    double most =
        Math.max(widest(figures), info.map(MetricInfo::max).filter(Double::isFinite).orElse(0.0));
    StringBuilder out =
        new StringBuilder("<article><h3>").append(Html.text(Masthead.capital(name)));
    boolean less = info.map(MetricInfo::goal).orElse(Goal.MAXIMIZE) == Goal.MINIMIZE;
    out.append(" <small>")
        .append(less ? "lower is better" : "higher is better")
        .append("</small></h3>");
    bar(out, "before", "before", figures.before(), most);
    bar(out, "after", "after", figures.after(), most);
    bar(out, "real", "real", figures.realVsReal(), most);
    out.append("<p>")
        .append(
            Html.text(
                info.map(MetricInfo::meaning)
                    .orElse(
                        "Share of rows whose label the examiner confirms; above the real bar, the"
                            + " rows are easier than real ones.")))
        .append("</p>");
    info.ifPresent(
        known ->
            out.append("<p class=\"note\"><code>")
                .append(Html.text(known.formula()))
                .append("</code><br>")
                .append(Html.text(known.paper()))
                .append("</p>"));
    return out.append("</article>").toString();
  }

  private static void bar(
      StringBuilder out, String style, String name, Figure figure, double most) {
    double share = figure.isDefined() && most > 0 ? figure.value() / most : 0;
    double width = 100 * Math.max(0, Math.min(1, share));
    out.append("<div class=\"bar\"><span class=\"name\">").append(name);
    out.append("</span><span class=\"track\"><span class=\"")
        .append(style)
        .append("\" style=\"width:");
    out.append(String.format(java.util.Locale.ROOT, "%.1f", width)).append("%\"></span></span><b>");
    out.append(Html.figure(figure)).append("</b></div>");
  }

  private static String perClass(QualityFigures metrics) {
    StringBuilder out =
        new StringBuilder(
            "<h3>Per class</h3><p>In each cell the accepted rows, and below them the candidates"
                + " before selection and what real rows reach. Marked: less than 80\u202f% of what"
                + " real rows reach.</p><div class=\"scroll\"><table><thead><tr><th>Class</th><th"
                + " class=\"n\">Rows a side</th>");
    for (String name : metrics.overall().metrics().keySet()) {
      out.append("<th class=\"n\">").append(Html.text(Masthead.capital(name))).append("</th>");
    }
    out.append("</tr></thead><tbody>");
    for (GroupFigures group : metrics.perClass()) {
      out.append("<tr><th scope=\"row\">")
          .append(Html.text(group.name()))
          .append("</th><td class=\"n\">");
      out.append(Html.count(group.rows())).append("</td>");
      for (Map.Entry<String, Comparison> entry : group.metrics().entrySet()) {
        Comparison figures = entry.getValue();
        out.append(isWeak(entry.getKey(), figures) ? "<td class=\"n weak\">" : "<td class=\"n\">");
        out.append(Html.figure(figures.after())).append("<small>before ");
        out.append(Html.figure(figures.before())).append("</small><small>real ");
        out.append(Html.figure(figures.realVsReal())).append("</small></td>");
      }
      out.append("</tr>");
    }
    return out.append("</tbody></table></div>").toString();
  }

  private static boolean isWeak(String name, Comparison figures) {
    boolean higherIsBetter =
        name.equals(MeasureQuality.AGREEMENT)
            || info(name).map(info -> info.goal() == Goal.MAXIMIZE).orElse(false);
    return higherIsBetter
        && figures.after().isDefined()
        && figures.realVsReal().isDefined()
        && figures.after().value() < WEAK * figures.realVsReal().value();
  }

  private static double widest(Comparison figures) {
    return Math.max(
        figures.before().asDouble().orElse(0),
        Math.max(figures.after().asDouble().orElse(0), figures.realVsReal().asDouble().orElse(0)));
  }

  private static Optional<MetricInfo> info(String name) {
    return Metrics.all().stream()
        .map(metric -> metric.info())
        .filter(info -> info.name().equals(name))
        .findFirst();
  }
}
