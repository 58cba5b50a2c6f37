package dev.graft.report;

import dev.graft.evaluate.copies.CopyFigures;
import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.NeighbourPair;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether accepted rows are copies of training rows. */
final class CopySection implements Section {
  @Override
  public String id() {
    return "copies";
  }

  @Override
  public String title() {
    return "Is it new?";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    CopyFigures copies = evidence.evaluation().copies();
    StringBuilder out = new StringBuilder("<p>Every accepted row is held against all ");
    out.append(Html.count(copies.trainRows()));
    out.append(
        " real training rows, exactly, in stored values scaled to 0..1. A row counts as copied when"
            + " it is as near to a training row as the nearest 1\u202f% of unseen real rows are");
    out.append(
        copies.threshold().isDefined()
            ? " (a distance of " + Html.figure(copies.threshold()) + ")"
            : "");
    out.append(
        ".</p><div class=\"scroll\"><table><thead><tr><th>Distance to the nearest training"
            + " row</th><th class=\"n\">Rows</th><th class=\"n\">Copied</th><th"
            + " class=\"n\">Identical</th><th class=\"n\">Nearest 1\u202f%</th><th"
            + " class=\"n\">Median</th><th class=\"n\">Farthest 1\u202f%</th></tr></thead><tbody>");
    row(out, "candidates, before selection (a draw)", copies.candidates());
    row(out, "accepted synthetic rows", copies.accepted());
    row(out, "real tune rows", copies.tune());
    out.append("</tbody></table></div>");
    pairs(out, "The closest pair of each class, and the next closest", evidence.neighbours(), true);
    pairs(out, "Drawn at random", evidence.neighbours(), false);
    if (!evidence.showsReal()) {
      out.append("<p class=\"note\">Real rows are not published, so no neighbour is shown.</p>");
    }
    return Optional.of(out.toString());
  }

  private static void row(StringBuilder out, String name, CopyFigures.Side side) {
    out.append("<tr><th scope=\"row\">").append(name).append("</th>");
    List.of(
            Html.count(side.rows()),
            Html.share(side.copied()),
            Html.share(side.exact()),
            Html.figure(side.p01()),
            Html.figure(side.median()),
            Html.figure(side.p99()))
        .forEach(cell -> out.append("<td class=\"n\">").append(cell).append("</td>"));
    out.append("</tr>");
  }

  private static void pairs(
      StringBuilder out, String title, List<NeighbourPair> neighbours, boolean closest) {
    List<NeighbourPair> pairs =
        neighbours.stream().filter(pair -> pair.closest() == closest).toList();
    if (pairs.isEmpty()) {
      return;
    }
    out.append("<h3>").append(title).append("</h3><div class=\"pairs\">");
    out.append(pairs.stream().map(CopySection::pair).collect(Collectors.joining()));
    out.append("</div>");
  }

  private static String pair(NeighbourPair pair) {
    String caption =
        String.format(
            Locale.ROOT,
            "synthetic %s, nearest training row %s, distance %s",
            Html.text(pair.synthetic().label()),
            Html.text(pair.real().label()),
            Html.number(pair.distance()));
    return "<figure role=\"img\" aria-label=\""
        + caption
        + "\"><div><span class=\"synthetic\">"
        + pair.synthetic().html()
        + "</span><span class=\"real\">"
        + pair.real().html()
        + "</span></div><figcaption>"
        + Html.text(pair.synthetic().label())
        + "<br>"
        + Html.number(pair.distance())
        + "</figcaption></figure>";
  }
}
