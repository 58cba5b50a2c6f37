package dev.graft.report;

import dev.graft.data.LabelSets;
import dev.graft.evaluate.SelectionFigures.ClassSelection;
import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.utility.ArmFigures;
import java.util.List;

/** What arms make of the single labels, where classes are sets of them. */
final class LabelTable {
  private LabelTable() {}

  /** Empty where a row has one label. */
  static String of(Evidence evidence) {
    List<ArmFigures> arms =
        evidence.evaluation().utility().arms().stream()
            .filter(arm -> arm.labels() != null)
            .toList();
    if (arms.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder("<h3>Single labels</h3>");
    out.append("<p class=\"note\">A class is a set of labels; accuracy is the share of test rows");
    out.append(" whose set is predicted whole. F1 counts each label of a set by itself, over");
    out.append(" all (micro) or as the mean over labels (macro).</p>");
    out.append("<div class=\"scroll\"><table><thead><tr><th>Label</th>");
    out.append("<th class=\"n\">Test rows</th><th class=\"n\">Accepted synthetic rows</th>");
    arms.forEach(
        arm -> out.append("<th class=\"n\">F1, ").append(Html.text(arm.arm())).append("</th>"));
    out.append("</tr></thead><tbody>");
    mean(out, "all, micro", arms, true);
    mean(out, "all, macro", arms, false);
    List<String> labels = evidence.schema().labels();
    List<Long> rows = arms.get(0).runs().get(0).labels().rows();
    for (int label = 0; label < labels.size(); label++) {
      out.append("<tr><th scope=\"row\">").append(Html.text(labels.get(label))).append("</th>");
      UtilitySection.cell(out, Html.count(rows.get(label)));
      UtilitySection.cell(out, Html.count(accepted(evidence, labels.get(label))));
      for (ArmFigures arm : arms) {
        Double f1 = arm.labels().f1().get(label);
        UtilitySection.cell(
            out, f1 == null ? Html.undefined("no test rows of this label") : Html.percent(f1));
      }
      out.append("</tr>");
    }
    return out.append("</tbody></table></div>").toString();
  }

  private static void mean(StringBuilder out, String name, List<ArmFigures> arms, boolean micro) {
    out.append("<tr><th scope=\"row\">").append(name).append("</th><td></td><td></td>");
    for (ArmFigures arm : arms) {
      UtilitySection.cell(
          out, Html.percent((micro ? arm.labels().microF1() : arm.labels().macroF1()).mean()));
    }
    out.append("</tr>");
  }

  private static long accepted(Evidence evidence, String label) {
    return evidence.evaluation().selection().classes().stream()
        .filter(set -> LabelSets.labels(set.name()).contains(label))
        .mapToLong(ClassSelection::accepted)
        .sum();
  }
}
