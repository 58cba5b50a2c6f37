package dev.graft.report;

import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.utility.RarestClass;
import dev.graft.evaluate.utility.RarestClass.ArmRecall;

/** What arms make of the class with the fewest real rows. */
final class RarestClassTable {
  private RarestClassTable() {}

  /** Empty where classes are even. */
  static String of(Evidence evidence) {
    RarestClass rarest = evidence.evaluation().utility().rarest();
    if (rarest == null) {
      return "";
    }
    StringBuilder out = new StringBuilder("<h3>The rarest class: ");
    out.append(Html.text(evidence.schema().classes().get(rarest.label()))).append(", ");
    out.append(Html.count(rarest.trainRows())).append(" real train rows</h3>");
    out.append("<div class=\"scroll\"><table><thead><tr><th>Arm</th><th class=\"n\">Recall</th>");
    out.append("<th>95\u202f% interval</th><th class=\"n\">Gain");
    out.append(rarest.over() == null ? "" : " over " + rarest.over());
    out.append(", points</th><th>95\u202f% interval</th></tr></thead><tbody>");
    for (ArmRecall arm : rarest.arms()) {
      out.append("<tr><th scope=\"row\">").append(arm.arm()).append("</th>");
      UtilitySection.cell(out, Html.percent(arm.recall().mean()));
      out.append("<td>");
      if (arm.recall().low() != null) {
        out.append(Html.percent(Math.max(0, arm.recall().low()))).append(" to ");
        out.append(Html.percent(Math.min(1, arm.recall().high())));
      }
      out.append("</td>");
      UtilitySection.cell(out, arm.gain() == null ? "" : Html.points(arm.gain().mean()));
      out.append("<td>").append(UtilitySection.interval(arm.gain())).append("</td></tr>");
    }
    return out.append("</tbody></table></div>").toString();
  }
}
