package dev.graft.report;

import dev.graft.evaluate.evidence.ClassGallery;
import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.Picture;
import java.util.List;
import java.util.Optional;

/** Real and synthetic rows of every class, side by side. */
final class GallerySection implements Section {
  private static final int OPEN = 16;

  @Override
  public String id() {
    return "samples";
  }

  @Override
  public String title() {
    return "What it looks like";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    List<ClassGallery> galleries = evidence.galleries();
    if (galleries.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder out = new StringBuilder("<p>");
    out.append(
        evidence.showsReal()
            ? "Real training rows beside accepted synthetic ones. Both are seeded draws, not choices."
            : "Accepted synthetic rows: a seeded draw, not a choice. Real rows are not published, so"
                + " none is shown.");
    out.append("</p>")
        .append(table(galleries.subList(0, Math.min(OPEN, galleries.size())), evidence));
    if (galleries.size() > OPEN) {
      out.append("<details><summary>").append(galleries.size() - OPEN);
      out.append(" more classes</summary>");
      out.append(table(galleries.subList(OPEN, galleries.size()), evidence)).append("</details>");
    }
    int classes = evidence.schema().classes().size();
    if (classes > galleries.size()) {
      out.append("<p class=\"note\">Shown: ").append(galleries.size()).append(" of ");
      out.append(classes).append(" classes.</p>");
    }
    return Optional.of(out.toString());
  }

  private static String table(List<ClassGallery> galleries, Evidence evidence) {
    StringBuilder out =
        new StringBuilder(
            "<div class=\"scroll\"><table class=\"gallery\"><thead><tr><th>Class</th>");
    out.append(evidence.showsReal() ? "<th class=\"real\">Real</th>" : "");
    out.append("<th class=\"synthetic\">Synthetic</th></tr></thead><tbody>");
    for (ClassGallery gallery : galleries) {
      out.append("<tr><th scope=\"row\">").append(Html.text(gallery.name())).append("</th>");
      if (evidence.showsReal()) {
        out.append("<td>").append(strip(gallery.real(), "real", gallery.name())).append("</td>");
      }
      out.append("<td>");
      out.append(strip(gallery.synthetic(), "synthetic", gallery.name())).append("</td></tr>");
    }
    return out.append("</tbody></table></div>").toString();
  }

  /** Pictures in a row, described once as a whole. */
  static String strip(List<Picture> pictures, String kind, String what) {
    if (pictures.isEmpty()) {
      return "<p class=\"note\">none</p>";
    }
    StringBuilder out = new StringBuilder("<div class=\"strip ");
    out.append(kind).append("\" role=\"img\" aria-label=\"").append(pictures.size()).append(' ');
    out.append(kind).append(" rows: ").append(Html.text(what)).append("\">");
    pictures.forEach(picture -> out.append(picture.html()));
    return out.append("</div>").toString();
  }
}
