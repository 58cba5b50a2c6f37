package dev.graft.cli;

import dev.graft.modality.RowView;
import dev.graft.report.Html;
import dev.graft.workflow.Preview;
import dev.graft.workflow.Preview.ClassPreview;
import dev.graft.workflow.Preview.Sample;
import java.util.Locale;

/** A preview as one self-contained HTML page. */
final class PreviewSheet {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s: preview</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
      h2 { font-size: 1rem; margin: 1.5rem 0 .3rem; }
      .rows { display: flex; flex-wrap: wrap; gap: 4px; align-items: center; }
      .rows img { width: 64px; height: 64px; image-rendering: pixelated; display: block; }
      .refused { opacity: .35; outline: 2px solid #c33; }
      .hidden { width: 64px; height: 64px; background: #8884; }
      .real { border-right: 2px solid #888; padding-right: 8px; margin-right: 8px; }
      small { opacity: .7; }
      </style></head><body>
      <h1>%s</h1>
      """;
  private static final String WITH_REAL =
      """
      <p>The first candidates of each class, after a few real pictures (left of the line). Faded ones are
      refused by a rule for single rows: point at a picture to see its scores. Near-duplicates are not
      looked for here. Nothing was published.</p>
      """;
  private static final String WITHOUT_REAL =
      """
      <p>The first candidates of each class. The spec says <code>include-real: false</code>, so no real picture
      is shown, and no candidate that a rule for single rows refuses, for it may copy one: grey squares
      stand for these. Point at one, or at a picture, to see its scores. Near-duplicates are not looked for
      here. Nothing was published.</p>
      """;

  private final String name;
  private final RowView view;

  PreviewSheet(String name, RowView view) {
    this.name = name;
    this.view = view;
  }

  String page(Preview preview) {
    StringBuilder page = new StringBuilder();
    page.append(HEAD.replace("%s", Html.text(name)))
        .append(preview.withReal() ? WITH_REAL : WITHOUT_REAL);
    for (ClassPreview one : preview.classes()) {
      long passed = one.samples().stream().filter(sample -> sample.refusedBy().isEmpty()).count();
      page.append("<h2>")
          .append(Html.text(one.name()))
          .append(" <small>")
          .append(passed)
          .append(" of ")
          .append(one.samples().size())
          .append(" pass</small></h2>\n<div class=\"rows\">");
      if (!one.real().isEmpty()) {
        page.append("<div class=\"rows real\">\n");
        one.real().forEach(payload -> page.append(view.html(payload, "real")).append('\n'));
        page.append("</div>\n");
      }
      one.samples().forEach(sample -> page.append(cell(sample)));
      page.append("</div>\n");
    }
    return page.append("</body></html>\n").toString();
  }

  private String cell(Sample sample) {
    StringBuilder title = new StringBuilder();
    sample
        .scores()
        .forEach(
            (scorer, score) ->
                title.append(String.format(Locale.ROOT, "%s %.3f; ", scorer, score)));
    boolean refused = !sample.refusedBy().isEmpty();
    title.append(refused ? "refused by " + sample.refusedBy() : "passes");
    if (sample.payload().length == 0) {
      return "<div class=\"hidden\" title=\"" + Html.text(title.toString()) + "\"></div>\n";
    }
    return "<div"
        + (refused ? " class=\"refused\"" : "")
        + ">"
        + view.html(sample.payload(), title.toString())
        + "</div>\n";
  }
}
