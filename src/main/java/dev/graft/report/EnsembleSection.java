package dev.graft.report;

import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.quality.EnsembleFigures;
import dev.graft.evaluate.quality.EnsembleFigures.MemberFigures;
import java.util.Optional;

/** What the members of an ensemble cover, each alone and together. */
final class EnsembleSection implements Section {
  @Override
  public String id() {
    return "ensemble";
  }

  @Override
  public String title() {
    return "Does the ensemble help?";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    return Optional.ofNullable(evidence.evaluation().ensemble()).map(EnsembleSection::body);
  }

  private static String body(EnsembleFigures ensemble) {
    StringBuilder out = new StringBuilder("<p>").append(Html.text(ensemble.statement()));
    out.append(
            "</p><p class=\"note\">Accepted rows by the member that drew them, and all of them,"
                + " against real test rows in the features of the examiner; ")
        .append(Html.count(ensemble.rows()))
        .append(
            " rows on each side of every comparison. A member's weight is its share of the"
                + " candidates.</p><div class=\"scroll\"><table><thead><tr><th>Member</th>"
                + "<th class=\"n\">Weight</th><th class=\"n\">Rows</th>"
                + "<th class=\"n\">Coverage</th><th class=\"n\">Precision</th>"
                + "<th class=\"n\">Recall</th></tr></thead><tbody>");
    ensemble.members().forEach(member -> row(out, member));
    row(out, ensemble.whole());
    row(out, ensemble.real());
    return out.append("</tbody></table></div>").toString();
  }

  private static void row(StringBuilder out, MemberFigures figures) {
    out.append("<tr><th scope=\"row\">").append(Html.text(figures.name())).append("</th>");
    cell(out, figures.weight() == 0 ? "" : Html.percent(figures.weight()));
    cell(out, Html.count(figures.accepted()));
    cell(out, Html.figure(figures.coverage()));
    cell(out, Html.figure(figures.precision()));
    cell(out, Html.figure(figures.recall()));
    out.append("</tr>");
  }

  private static void cell(StringBuilder out, String text) {
    out.append("<td class=\"n\">").append(text).append("</td>");
  }
}
