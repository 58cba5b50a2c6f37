package dev.graft.report;

import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.MissedGallery;
import java.util.List;
import java.util.Optional;

/** Which real rows the generator misses. */
final class MissedSection implements Section {
  @Override
  public String id() {
    return "missed";
  }

  @Override
  public String title() {
    return "What does it miss?";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    if (evidence.missed().isEmpty()) {
      return Optional.empty();
    }
    StringBuilder out =
        new StringBuilder(
            "<p>Real test rows that no accepted row of their class comes near: none lies within"
                + " the distance of their fifth nearest real neighbour, in the features of the"
                + " examiner. Beside them how many as many unseen real rows (tune) miss.");
    out.append(
        evidence.showsReal()
            ? " Shown first are those that unseen real rows do reach, the most remote first."
            : " Real rows are not published, so none is shown.");
    return Optional.of(out.append("</p>") + table(evidence.missed(), evidence.showsReal()));
  }

  /**
   * How many are missed, by class.
   *
   * @param withRows whether there is a column of the missed rows
   */
  static String table(List<MissedGallery> missed, boolean withRows) {
    StringBuilder out =
        new StringBuilder("<div class=\"scroll\"><table class=\"gallery\"><thead><tr>");
    out.append("<th>Class</th><th class=\"n\">Missed</th><th class=\"n\">By real rows</th>");
    out.append(withRows ? "<th class=\"real\">Missed test rows</th>" : "");
    out.append("</tr></thead><tbody>");
    missed.forEach(gallery -> row(out, gallery, withRows));
    return out.append("</tbody></table></div>").toString();
  }

  private static void row(StringBuilder out, MissedGallery gallery, boolean withRows) {
    out.append("<tr><th scope=\"row\">").append(Html.text(gallery.name())).append("</th>");
    out.append("<td class=\"n\" data-name=\"missed\">").append(Html.count(gallery.missed()));
    out.append("<small>of ").append(Html.count(gallery.rows())).append("</small></td>");
    out.append("<td class=\"n\" data-name=\"by real rows\">");
    out.append(Html.count(gallery.missedByReal())).append("</td>");
    if (withRows) {
      out.append("<td>");
      out.append(GallerySection.strip(gallery.examples(), "real", gallery.name() + ", missed"));
      out.append("</td>");
    }
    out.append("</tr>");
  }
}
