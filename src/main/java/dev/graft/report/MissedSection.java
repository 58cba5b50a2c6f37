package dev.graft.report;

import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.MissedGallery;
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
    out.append("</p><div class=\"scroll\"><table class=\"gallery\"><thead><tr><th>Class</th>");
    out.append("<th class=\"n\">Missed</th><th class=\"n\">By real rows</th>");
    out.append(evidence.showsReal() ? "<th class=\"real\">Missed test rows</th>" : "");
    out.append("</tr></thead><tbody>");
    evidence.missed().forEach(gallery -> row(out, gallery, evidence.showsReal()));
    return Optional.of(out.append("</tbody></table></div>").toString());
  }

  private static void row(StringBuilder out, MissedGallery gallery, boolean showsReal) {
    out.append("<tr><th scope=\"row\">").append(Html.text(gallery.name())).append("</th>");
    out.append("<td class=\"n\" data-name=\"missed\">").append(Html.count(gallery.missed()));
    out.append("<small>of ").append(Html.count(gallery.rows())).append("</small></td>");
    out.append("<td class=\"n\" data-name=\"by real rows\">");
    out.append(Html.count(gallery.missedByReal())).append("</td>");
    if (showsReal) {
      out.append("<td>");
      out.append(GallerySection.strip(gallery.examples(), "real", gallery.name() + ", missed"));
      out.append("</td>");
    }
    out.append("</tr>");
  }
}
