package dev.graft.report;

import dev.graft.evaluate.SelectionFigures;
import dev.graft.evaluate.SelectionFigures.ClassSelection;
import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.RefusedExamples;
import dev.graft.model.ServiceUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was kept of the candidates, and what was refused and why. */
final class SelectionSection implements Section {
  private static final int COLOURS = 5;

  @Override
  public String id() {
    return "selection";
  }

  @Override
  public String title() {
    return "What was refused?";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    SelectionFigures selection = evidence.evaluation().selection();
    List<String> reasons = reasons(evidence);
    StringBuilder out = new StringBuilder("<p>");
    out.append(Html.count(selection.candidates())).append(" candidates were drawn; ");
    out.append(Html.count(selection.accepted())).append(" were accepted");
    if (selection.surplus() > 0) {
      out.append(", ")
          .append(Html.count(selection.surplus()))
          .append(" passed but were not needed");
    }
    out.append(". A refused candidate is counted under the first rule that it fails.</p>");
    service(out, selection.service());
    legend(out, reasons);
    perClass(out, selection, reasons);
    rules(out, evidence);
    return Optional.of(out.toString());
  }

  /** Rules in spec order, then whatever else was counted. */
  private static List<String> reasons(Evidence evidence) {
    List<String> reasons = new ArrayList<>();
    evidence.refused().forEach(refused -> reasons.add(refused.reason()));
    for (String reason : evidence.evaluation().selection().rejections().keySet()) {
      if (!reasons.contains(reason)) {
        reasons.add(reason);
      }
    }
    return reasons;
  }

  private static void service(StringBuilder out, ServiceUse service) {
    if (service == null) {
      return;
    }
    out.append("<p>The generator asked a service ").append(Html.count(service.questions()));
    out.append(" questions, which read ").append(Html.count(service.promptTokens()));
    out.append(" tokens and wrote ").append(Html.count(service.completionTokens()));
    if (!service.currency().isEmpty()) {
      out.append(String.format(Locale.ROOT, ", for %.4f ", service.cost()));
      out.append(Html.text(service.currency()));
    }
    out.append('.');
    if (!service.nothing().isEmpty()) {
      long all = service.nothing().values().stream().mapToLong(Long::longValue).sum();
      out.append(" No sample came of ").append(Html.count(all)).append(" (");
      out.append(
          service.nothing().entrySet().stream()
              .map(reason -> Html.text(reason.getKey()) + " " + Html.count(reason.getValue()))
              .collect(Collectors.joining(", ")));
      out.append(").");
    }
    out.append("</p>");
  }

  private static void legend(StringBuilder out, List<String> reasons) {
    out.append(
        "<p class=\"legend\"><span class=\"key after\"></span>accepted "
            + "<span class=\"key surplus\"></span>not needed ");
    for (int i = 0; i < reasons.size(); i++) {
      out.append("<span class=\"key r").append(i % COLOURS).append("\"></span>");
      out.append(Html.text(reasons.get(i))).append(' ');
    }
    out.append("</p>");
  }

  private static void perClass(
      StringBuilder out, SelectionFigures selection, List<String> reasons) {
    out.append(
        "<div class=\"scroll\"><table><thead><tr><th>Class</th><th class=\"wide\">Candidates</th><th class=\"n\">Drawn</th>"
            + "<th class=\"n\">Accepted</th><th class=\"n\">Wanted</th><th class=\"n\">Passed</th><th class=\"n\">Short by</th></tr></thead><tbody>");
    for (ClassSelection each : selection.classes()) {
      out.append("<tr><th scope=\"row\">")
          .append(Html.text(each.name()))
          .append("</th><td class=\"wide\">");
      out.append("<span class=\"stack\">");
      segment(out, "after", "accepted", each.accepted(), each.candidates());
      segment(out, "surplus", "not needed", each.surplus(), each.candidates());
      for (int i = 0; i < reasons.size(); i++) {
        long count = each.rejections().getOrDefault(reasons.get(i), 0L);
        segment(out, "r" + i % COLOURS, reasons.get(i), count, each.candidates());
      }
      out.append("</span></td>");
      cell(out, Html.count(each.candidates()));
      cell(out, Html.count(each.accepted()));
      cell(out, Html.count(each.wanted()));
      cell(out, Html.share(each.acceptance()));
      out.append(each.shortfall() > 0 ? "<td class=\"n weak\">" : "<td class=\"n\">");
      out.append(each.shortfall() > 0 ? Html.percent(each.shortfall()) : "");
      out.append("</td></tr>");
    }
    out.append("</tbody></table></div>");
  }

  private static void segment(
      StringBuilder out, String style, String name, long count, long candidates) {
    if (count > 0) {
      out.append("<span class=\"").append(style).append("\" style=\"flex-grow:").append(count);
      out.append("\" title=\"").append(Html.text(name)).append(": ").append(Html.count(count));
      out.append(String.format(Locale.ROOT, " (%.1f %%)", 100.0 * count / candidates));
      out.append("\"></span>");
    }
  }

  private static void cell(StringBuilder out, String value) {
    out.append("<td class=\"n\">").append(value).append("</td>");
  }

  private static void rules(StringBuilder out, Evidence evidence) {
    if (evidence.refused().isEmpty()) {
      return;
    }
    out.append("<h3>Per rule, in order</h3>");
    if (!evidence.showsReal()) {
      out.append("<p class=\"note\">Real rows are not published, and a refused candidate may be a");
      out.append(" copy of one, so none is shown.</p>");
    }
    out.append("<div class=\"rules\">");
    long candidates = Math.max(1, evidence.evaluation().selection().candidates());
    Map<String, Long> counts = evidence.evaluation().selection().rejections();
    for (RefusedExamples refused : evidence.refused()) {
      long count = counts.getOrDefault(refused.reason(), refused.count());
      out.append("<article><h4>").append(Html.text(refused.rule())).append("</h4><p>");
      out.append(Html.count(count)).append(" refused, ");
      out.append(Html.percent((double) count / candidates)).append(" of the candidates</p>");
      if (!refused.examples().isEmpty()) {
        out.append(GallerySection.strip(refused.examples(), "refused", refused.reason()));
      }
      out.append("</article>");
    }
    out.append("</div>");
  }
}
