package dev.graft.report;

import com.google.common.io.Resources;
import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.EvidencePage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The report as one HTML page: no scripts, no requests, its pictures and its style within it. Light
 * and dark follow the reader's system.
 */
public final class HtmlReport implements EvidencePage {
  private static final long serialVersionUID = 1L;
  private static final List<Section> SECTIONS =
      List.of(
          new GateSection(),
          new GallerySection(),
          new UtilitySection(),
          new QualitySection(),
          new MissedSection(),
          new EnsembleSection(),
          new CopySection(),
          new SelectionSection(),
          new ScoreSection(),
          new TrainingSection(),
          new ProvenanceSection());

  @Override
  public String render(Evidence evidence) {
    StringBuilder contents = new StringBuilder("<nav aria-label=\"Contents\">");
    StringBuilder main = new StringBuilder("<main>");
    for (Section section : SECTIONS) {
      Optional<String> body = section.body(evidence);
      if (body.isPresent()) {
        contents.append("<a href=\"#").append(section.id()).append("\">");
        contents.append(section.title()).append("</a>");
        main.append("<section id=\"").append(section.id()).append("\"><h2>");
        main.append(section.title()).append("</h2>").append(body.get()).append("</section>\n");
      }
    }
    return String.format(
            Locale.ROOT,
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>%s · Graft report</title>
            <style>
            %s</style>
            </head>
            <body>
            """,
            Html.text(evidence.dataset()),
            style())
        + Masthead.html(evidence)
        + contents.append("</nav>\n")
        + main.append(
            "</main>\n<footer>Made by Graft. Every synthetic row carries"
                + " <code>_graft.is_synthetic</code>.</footer>\n</body>\n</html>\n");
  }

  private static String style() {
    try {
      return Resources.toString(
          Resources.getResource(HtmlReport.class, "report.css"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
