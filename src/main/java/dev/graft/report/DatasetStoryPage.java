package dev.graft.report;

import dev.graft.evaluate.evidence.MissedGallery;
import dev.graft.evaluate.evidence.Picture;
import dev.graft.modality.RowView;
import dev.graft.publish.MissedStory;
import dev.graft.publish.SampleStories;
import dev.graft.publish.SampleStories.Neighbour;
import dev.graft.publish.SampleStories.SampleStory;
import dev.graft.select.SelectionRules;
import java.util.List;

/**
 * Samples of a published dataset, why they were kept or refused, and how much of the real rows they
 * miss, as one {@link Page}.
 */
public final class DatasetStoryPage {
  private final SampleStories stories;
  private final RowView view;

  public DatasetStoryPage(SampleStories stories, RowView view) {
    this.stories = stories;
    this.view = view;
  }

  /** The page. */
  public String html() {
    String name = Html.text(stories.name());
    Page page = new Page(name + " · samples explained");
    page.section("kept", "Kept", section(true));
    page.section("refused", "Refused", section(false));
    page.section("missed", "What does it miss?", missed());
    return page.html(
        "<header><h1>" + name + "</h1><p>" + neighbours() + "</p></header>",
        "Made by Graft. Samples are those with the lowest ids, which are hashes: not choices.");
  }

  private String neighbours() {
    if (!stories.withReal()) {
      return "Real rows are not published with this dataset, so no neighbours are shown.";
    }
    return stories.judged()
        ? "Beside each sample the nearest published real rows of its class, by distance in features"
            + " of the judge."
        : "The judge is not in the model store, so no neighbours are shown.";
  }

  private String missed() {
    if (stories.missed().isEmpty()) {
      return "<p class=\"note\">The dataset's <code>metrics.json</code> does not tell: there were"
          + " too few real test rows, or an earlier Graft has written it.</p>";
    }
    boolean withRows = stories.missed().stream().anyMatch(one -> !one.examples().isEmpty());
    return "<p>Real test rows that no accepted row of their class came near when the dataset was"
        + " made: none lies within the distance of their fifth nearest real neighbour, in"
        + " the features of the examiner. Beside them how many as many unseen real rows"
        + " (tune) miss."
        + (withRows
            ? " Shown first are those that unseen real rows do come near, the most remote first."
            : noneShown())
        + "</p>"
        + MissedSection.table(stories.missed().stream().map(this::gallery).toList(), withRows);
  }

  private String noneShown() {
    if (stories.missed().stream().allMatch(one -> one.missed() == 0)) {
      return " None is missed.";
    }
    if (!stories.withReal()) {
      return " Real rows are not published with this dataset, so none is shown.";
    }
    return (stories.withTest()
            ? " None of those that are named in <code>metrics.json</code> is among the published"
                + " rows; some are in the dataset's own"
            : " Test rows are not published with this dataset; some of the missed ones are in its"
                + " own")
        + " <code>report.html</code>.";
  }

  private MissedGallery gallery(MissedStory missed) {
    return new MissedGallery(
        missed.name(),
        missed.rows(),
        missed.missed(),
        missed.missedByReal(),
        missed.examples().stream()
            .map(
                one ->
                    new Picture(
                        view.html(one.payload(), missed.name() + ", " + one.id()), missed.name()))
            .toList());
  }

  private String section(boolean kept) {
    List<SampleStory> shown =
        stories.samples().stream().filter(one -> one.reason().isEmpty() == kept).toList();
    if (shown.isEmpty()) {
      return "<p class=\"note\">none</p>";
    }
    StringBuilder out = new StringBuilder("<p>");
    out.append(kept ? "These passed every rule." : "Beside each the rule that refused it.");
    out.append(
        " Beside a score stands the share of accepted rows that have a lower one; scores of");
    out.append(" real rows are not published.</p><div class=\"scroll\"><table class=\"gallery\">");
    out.append("<thead><tr><th>Sample</th><th>Why</th>");
    out.append("<th>Scores</th><th>Nearest real rows</th></tr></thead><tbody>");
    shown.forEach(one -> row(out, one));
    return out.append("</tbody></table></div>").toString();
  }

  private static String why(String reason) {
    return switch (reason) {
      case "" -> "kept";
      case SelectionRules.SURPLUS -> "left over: it passed every rule, but its class was full";
      case SelectionRules.NO_ANSWER -> "no sample: the service had no answer of use";
      default -> "refused by " + reason;
    };
  }

  private void row(StringBuilder out, SampleStory one) {
    String label = one.label() < 0 ? "" : stories.classes().get(one.label());
    out.append("<tr><th scope=\"row\">").append(Html.text(label)).append("<div class=\"strip\">");
    out.append(
        one.payload().length == 0
            ? "<small>not published</small>"
            : view.html(one.payload(), label + ", " + one.id()));
    out.append("</div></th><td>");
    out.append(Html.text(why(one.reason())));
    out.append("<br><small>").append(Html.text(one.condition())).append("</small></td><td>");
    one.scores()
        .forEach(
            (scorer, score) -> {
              out.append(Html.text(scorer)).append(' ').append(Html.number(score));
              double rank = stories.rank(scorer, score);
              out.append(Double.isNaN(rank) ? "" : " <small>" + Html.percent(rank) + "</small>");
              out.append("<br>");
            });
    out.append("</td><td><div class=\"strip real\">");
    for (Neighbour near : one.neighbours()) {
      out.append("<figure>").append(view.html(near.payload(), near.id()));
      out.append("<figcaption>").append(Html.number(near.distance())).append("</figcaption>");
      out.append("</figure>");
    }
    out.append("</div></td></tr>");
  }
}
