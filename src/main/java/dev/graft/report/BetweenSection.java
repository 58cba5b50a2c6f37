package dev.graft.report;

import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.PictureStrip;
import dev.graft.model.insight.SampleStrips;
import dev.graft.model.insight.SampleStrips.Motif;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the generator makes between rows, and of a row at rising strength. */
final class BetweenSection implements Section {
  @Override
  public String id() {
    return "between";
  }

  @Override
  public String title() {
    return "Interpolations and variations";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    if (evidence.between().isEmpty()) {
      return Optional.empty();
    }
    StringBuilder out = new StringBuilder("<p>What the generator makes between two rows, ");
    out.append(SampleStrips.STEPS)
        .append(" samples along the path, each as far from the next, and of one");
    out.append(" row at rising strength. ");
    out.append(
        evidence.showsReal()
            ? "Paths join real training rows, as the generator renders them; variations begin with"
                + " the real row itself."
            : "Real rows are not published, so all begin and end at samples that it has drawn.");
    out.append("</p>");
    table(out, evidence, Motif.WITHIN_CLASS, "Within a class");
    table(out, evidence, Motif.BETWEEN_CLASSES, "Between classes");
    table(out, evidence, Motif.VARIATIONS, variations());
    return Optional.of(out.toString());
  }

  /** The strengths, for a heading. */
  static String variations() {
    return SampleStrips.STRENGTHS.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "A row, then its variations at strength ", ""));
  }

  private static void table(StringBuilder out, Evidence evidence, Motif motif, String heading) {
    List<PictureStrip> strips =
        evidence.between().stream().filter(strip -> strip.motif() == motif).toList();
    if (strips.isEmpty()) {
      return;
    }
    out.append("<div class=\"scroll\"><table class=\"gallery\"><thead><tr><th>Class</th><th>");
    out.append(heading).append("</th></tr></thead><tbody>");
    for (PictureStrip strip : strips) {
      out.append("<tr><th scope=\"row\">").append(Html.text(strip.name())).append("</th><td>");
      out.append(GallerySection.strip(strip.pictures(), "synthetic", strip.name()));
      out.append("</td></tr>");
    }
    out.append("</tbody></table></div>");
  }
}
