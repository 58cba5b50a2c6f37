package dev.graft.cli;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.modality.PayloadCodec;
import dev.graft.modality.RowView;
import dev.graft.model.insight.PictureTrait;
import dev.graft.model.insight.SampleStrips;
import dev.graft.model.insight.SampleStrips.Motif;
import dev.graft.model.insight.SampleStrips.Strip;
import dev.graft.model.insight.Traversals;
import dev.graft.model.insight.Traversals.Walk;
import dev.graft.report.Html;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** Walks through a latent as one self-contained HTML page. */
final class TraversalSheet {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s: what it has learnt</title>
      <style>
      :root { color-scheme: light dark; }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
      h2 { font-size: 1rem; margin: 1.8rem 0 .3rem; }
      .walks { display: flex; flex-wrap: wrap; gap: .8rem 1.6rem; }
      figure { margin: 0; }
      .walk { display: flex; gap: 2px; }
      .walk img { width: 44px; height: 44px; image-rendering: pixelated; display: block; }
      figcaption, small { opacity: .7; font-size: .85em; }
      </style></head><body>
      <h1>%s</h1>
      """;

  private final String name;
  private final PayloadCodec codec;
  private final RowView view;
  private final List<String> classes;

  TraversalSheet(String name, DatasetSchema schema) {
    Modality modality = Modalities.get(schema.modality());
    this.name = name;
    this.codec = modality.codec(schema);
    this.view = modality.view(schema);
    this.classes = schema.classes();
  }

  String page(Optional<Traversals> traversals, SampleStrips strips) {
    StringBuilder page = new StringBuilder(HEAD.replace("%s", Html.text(name)));
    traversals.ifPresentOrElse(
        walks -> walks(page, walks),
        () ->
            page.append(
                "<p>It has no latent with directions to walk along: what it draws comes from as"
                    + " many values as a picture has, or from none.</p>\n"));
    strips(page, strips, Motif.WITHIN_CLASS, "Paths between two samples of a class");
    strips(page, strips, Motif.BETWEEN_CLASSES, "Paths between samples of two classes");
    String strengths =
        SampleStrips.STRENGTHS.stream().map(String::valueOf).collect(Collectors.joining(", "));
    strips(
        page, strips, Motif.VARIATIONS, "A sample, then its variations at strength " + strengths);
    return page.append("</body></html>\n").toString();
  }

  private void walks(StringBuilder page, Traversals traversals) {
    page.append("<p>The directions of its ")
        .append(traversals.latent())
        .append(
            " noise values that change its pictures most, the strongest first. In each row one"
                + " sample moves from −3 to 3 standard deviations along the direction, and all else"
                + " stays. What changes is measured between −2 and 2, in standard deviations over"
                + " samples.</p>\n");
    List<Walk> walks = traversals.walks();
    for (int i = 0; i < walks.size(); i++) {
      Walk walk = walks.get(i);
      page.append("<h2>Direction ").append(i + 1).append(": ").append(changes(walk));
      page.append(" <small>").append(Html.percent(walk.share()));
      page.append(" of all that the noise changes</small></h2>\n<div class=\"walks\">\n");
      for (int c = 0; c < walk.pictures().size(); c++) {
        page.append(row(walk.pictures().get(c), traversals.classes().get(c)));
      }
      page.append("</div>\n");
    }
  }

  private void strips(StringBuilder page, SampleStrips strips, Motif motif, String heading) {
    List<Strip> shown = strips.strips().stream().filter(one -> one.motif() == motif).toList();
    if (shown.isEmpty()) {
      return;
    }
    page.append("<h2>").append(heading).append("</h2>\n<div class=\"walks\">\n");
    for (Strip strip : shown) {
      String from = className(strip.from());
      String name = strip.from() == strip.to() ? from : from + " to " + className(strip.to());
      page.append(figure(strip.rows(), name, name, i -> "sample " + (i + 1)));
    }
    page.append("</div>\n");
  }

  private String className(int label) {
    return label < 0 ? "" : classes.get(label);
  }

  private static String changes(Walk walk) {
    List<PictureTrait> changed = walk.changed();
    return changed.isEmpty()
        ? "none of the traits that are measured"
        : changed.stream()
            .limit(3)
            .map(
                trait ->
                    String.format(Locale.ROOT, "%s %+.1f", trait.words(), walk.effects().get(trait))
                        .replace('-', '\u2212'))
            .collect(Collectors.joining(", "));
  }

  private String row(List<byte[]> pictures, String label) {
    return figure(pictures, label, label + " along the direction", i -> "at " + (i - 3));
  }

  private String figure(
      List<byte[]> pictures, String label, String description, IntFunction<String> place) {
    StringBuilder row = new StringBuilder("<figure><div class=\"walk\" role=\"img\" aria-label=\"");
    row.append(Html.text(description)).append("\">");
    for (int i = 0; i < pictures.size(); i++) {
      row.append(view.html(codec.encode(pictures.get(i), 0), label + " " + place.apply(i)));
    }
    return row.append("</div><figcaption>")
        .append(Html.text(label))
        .append("</figcaption></figure>\n")
        .toString();
  }
}
