package dev.graft.report;

import dev.graft.evaluate.ControlFigures;
import dev.graft.evaluate.evidence.Evidence;
import java.util.Map;
import java.util.Optional;

/** How many rows are what each control has asked for, where rows show it. */
final class ControlSection implements Section {
  @Override
  public String id() {
    return "controls";
  }

  @Override
  public String title() {
    return "Was it what was asked for?";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    Map<String, ControlFigures> controls = evidence.evaluation().controls();
    if (controls.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder out =
        new StringBuilder(
            "<p>The share of rows that are what <code>augment.controls</code> asked for. What a"
                + " row has no room for counts as not met.</p><div class=\"scroll\"><table><thead>"
                + "<tr><th>Control</th><th class=\"n\">Candidates</th><th class=\"n\">Accepted rows"
                + "</th></tr></thead><tbody>");
    controls.forEach(
        (name, figures) -> {
          out.append("<tr><th scope=\"row\">").append(Html.text(name)).append("</th>");
          out.append("<td class=\"n\">").append(Html.figure(figures.candidates())).append("</td>");
          out.append("<td class=\"n\">").append(Html.figure(figures.accepted()));
          out.append("</td></tr>");
        });
    return Optional.of(out.append("</tbody></table></div>").toString());
  }
}
