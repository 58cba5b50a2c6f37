package dev.graft.report;

import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.ScoreSpread;
import dev.graft.report.chart.Histogram;
import java.util.Optional;

/** How the scores of candidates are spread, and where the bounds lie. */
final class ScoreSection implements Section {
  @Override
  public String id() {
    return "scores";
  }

  @Override
  public String title() {
    return "Scores";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    if (evidence.scores().isEmpty()) {
      return Optional.empty();
    }
    StringBuilder out =
        new StringBuilder(
            "<p class=\"legend\"><span class=\"key after\"></span>accepted "
                + "<span class=\"key refused\"></span>all other candidates</p><div class=\"pair\">");
    for (ScoreSpread spread : evidence.scores()) {
      out.append("<figure><figcaption><b>").append(Html.text(spread.scorer())).append("</b>, ");
      out.append(spread.higherIsBetter() ? "higher" : "lower").append(" is better. ");
      out.append(Html.text(spread.meaning())).append("</figcaption>");
      out.append(
          Histogram.of(
              "Distribution of " + spread.scorer() + " over the candidates",
              spread.low(),
              spread.high(),
              spread.accepted(),
              spread.others(),
              spread.bounds().stream()
                  .map(bound -> new Histogram.Bound(bound.text(), bound.value()))
                  .toList()));
      out.append("</figure>");
    }
    return Optional.of(out.append("</div>").toString());
  }
}
