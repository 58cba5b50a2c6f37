package dev.graft.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.ModelStory;
import dev.graft.model.tune.TuningStory;
import dev.graft.model.tune.TuningStory.Point;
import dev.graft.model.tune.TuningStory.Rung;
import dev.graft.model.tune.TuningStory.Trial;
import dev.graft.report.chart.LineChart;
import dev.graft.report.chart.LineChart.Line;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/** How the settings of the generator were chosen: every trial with its settings and scores. */
final class TuningSection implements Section {
  private static final int MOST_LINES = 4;

  @Override
  public String id() {
    return "tuning";
  }

  @Override
  public String title() {
    return "Tuning";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    return evidence.models().stream()
        .map(ModelStory::tuning)
        .filter(Objects::nonNull)
        .findFirst()
        .map(story -> verdict(story) + table(story) + chart(story));
  }

  private static String verdict(TuningStory story) {
    SortedMap<Integer, Double> last = story.lastScores();
    Double own = last.get(0);
    long steps = story.rungs().get(story.rungs().size() - 1).steps();
    StringBuilder out = new StringBuilder("<p>");
    if (story.winner() == 0) {
      out.append("No trial beat the definition's own settings: ");
    } else if (own == null) {
      out.append("The definition's own settings did not last. Best is trial ");
      out.append(story.winner()).append(": ");
    } else {
      out.append("Trial ").append(story.winner());
      out.append(" beats the definition's own settings on tune rows: ");
    }
    out.append(Html.text(story.figure())).append(' ');
    out.append(Html.number(last.get(story.winner())));
    if (own != null && story.winner() != 0) {
      out.append(" against ").append(Html.number(own));
    }
    out.append(" after ").append(Html.count(steps)).append(" steps of each (");
    out.append(story.lowerIsBetter() ? "lower" : "higher").append(" is better).");
    out.append(" The generator was trained with the settings of trial ").append(story.winner());
    out.append(", from the start. What was chosen as the best of ");
    out.append(Html.count(story.trials().size()));
    return out.append(" by a figure is a little worse than that figure says.</p>").toString();
  }

  private static String table(TuningStory story) {
    List<String> keys = List.copyOf(story.trials().get(0).settings().keySet());
    StringBuilder out = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
    out.append("<th class=\"n\">Trial</th>");
    keys.forEach(key -> out.append("<th class=\"n\">").append(Html.text(key)).append("</th>"));
    for (Rung rung : story.rungs()) {
      out.append("<th class=\"n\">Step ").append(Html.count(rung.steps())).append("</th>");
    }
    out.append("<th></th></tr></thead><tbody>");
    for (Trial trial : ranked(story)) {
      out.append("<tr><th scope=\"row\" class=\"n\">").append(trial.number()).append("</th>");
      for (String key : keys) {
        out.append("<td class=\"n\">").append(Html.text(shown(trial.settings().get(key))));
        out.append("</td>");
      }
      for (int rung = 0; rung < story.rungs().size(); rung++) {
        out.append("<td class=\"n\">");
        out.append(rung < trial.scores().size() ? Html.number(trial.scores().get(rung)) : "");
        out.append("</td>");
      }
      out.append("<td>").append(Html.text(note(story, trial))).append("</td></tr>");
    }
    return out.append("</tbody></table></div>").toString();
  }

  private static String note(TuningStory story, Trial trial) {
    List<String> notes = new ArrayList<>();
    if (trial.number() == story.winner()) {
      notes.add("chosen");
    }
    if (trial.number() == 0) {
      notes.add("the definition's own");
    }
    if (!trial.ended().isEmpty()) {
      notes.add(trial.ended());
    }
    return String.join("; ", notes);
  }

  /** Those that came furthest first, then by their last score. */
  private static List<Trial> ranked(TuningStory story) {
    Comparator<Trial> byScore =
        Comparator.comparingDouble(
            trial ->
                trial.scores().isEmpty()
                    ? Double.POSITIVE_INFINITY
                    : (story.lowerIsBetter() ? 1 : -1)
                        * trial.scores().get(trial.scores().size() - 1));
    return story.trials().stream()
        .sorted(
            Comparator.comparingInt((Trial trial) -> -trial.scores().size())
                .thenComparing(byScore)
                .thenComparing(Trial::number))
        .toList();
  }

  private static String shown(JsonNode value) {
    if (value == null || !value.isNumber()) {
      return value == null ? "" : value.isTextual() ? value.textValue() : Json.canonical(value);
    }
    BigDecimal plain = value.decimalValue().stripTrailingZeros();
    return plain.toPlainString();
  }

  /** The trials that came furthest; all curves are in metrics.json. */
  private static String chart(TuningStory story) {
    List<Line> lines =
        ranked(story).stream()
            .filter(trial -> !trial.curve().isEmpty())
            .limit(MOST_LINES)
            .map(TuningSection::line)
            .toList();
    if (lines.isEmpty()) {
      return "";
    }
    long steps = story.rungs().get(story.rungs().size() - 1).steps();
    return "<figure><figcaption>"
        + Html.text(Masthead.capital(story.figure()))
        + " of the best trials; the curves of all are in metrics.json</figcaption>"
        + LineChart.of("Tuning: " + story.figure() + " by training step", lines, steps)
        + "</figure>";
  }

  private static Line line(Trial trial) {
    return new Line(
        "trial " + trial.number(),
        trial.curve().stream().mapToDouble(Point::step).toArray(),
        trial.curve().stream().mapToDouble(Point::value).toArray());
  }
}
