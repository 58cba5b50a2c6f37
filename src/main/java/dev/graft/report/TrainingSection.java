package dev.graft.report;

import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.evidence.ModelStory;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.watch.WatchStory;
import dev.graft.report.chart.LineChart;
import dev.graft.report.chart.LineChart.Line;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How the models were trained. */
final class TrainingSection implements Section {
  private static final int DIGITS = 12;

  @Override
  public String id() {
    return "training";
  }

  @Override
  public String title() {
    return "Training";
  }

  @Override
  public Optional<String> body(Evidence evidence) {
    if (evidence.models().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "<p>The dashed line is the step whose weights were kept, by its figure on tune rows.</p>"
            + evidence.models().stream().map(TrainingSection::model).collect(Collectors.joining()));
  }

  private static String model(ModelStory model) {
    StringBuilder out = new StringBuilder("<article class=\"model\"><h3>");
    out.append(Html.text(Masthead.capital(model.role()))).append(" <small>");
    out.append(Html.text(model.name())).append(", ").append(Html.text(model.family()));
    out.append(", <code>").append(Html.text(shortened(model.digest())));
    out.append("</code>, step ").append(Html.count(model.bestStep()));
    new TreeMap<>(model.figures())
        .forEach(
            (name, value) ->
                out.append(", ").append(Html.text(name)).append(' ').append(Html.number(value)));
    out.append("</small></h3>").append(watch(model.watch())).append("<div class=\"pair\">");
    byKind(model.history())
        .forEach(
            (kind, lines) ->
                out.append("<figure><figcaption>")
                    .append(Html.text(Masthead.capital(kind)))
                    .append("</figcaption>")
                    .append(
                        LineChart.of(
                            model.role() + ": " + kind + " by training step",
                            lines,
                            model.bestStep()))
                    .append("</figure>"));
    return out.append("</div></article>").toString();
  }

  private static String watch(WatchStory watch) {
    if (watch == null) {
      return "";
    }
    StringBuilder out = new StringBuilder("<p class=\"note\">");
    out.append(
        switch (watch.verdict()) {
          case HEALTHY -> "Watched for a collapse at every evaluation: no alarm.";
          case RECOVERED -> "An alarm while it was trained; rolled back in time.";
          case COLLAPSED -> "<strong>Marked as collapsed.</strong>";
        });
    out.append("</p>");
    if (!watch.events().isEmpty()) {
      out.append(
          "<div class=\"scroll\"><table><thead><tr><th class=\"n\">Step</th><th>Alarm</th>"
              + "<th>Seen</th><th>Done</th></tr></thead><tbody>");
      for (WatchStory.Event event : watch.events()) {
        out.append("<tr><td class=\"n\">").append(Html.count(event.step()));
        out.append("</td><th scope=\"row\">").append(Html.text(event.alarm()));
        out.append("</th><td>").append(Html.text(event.seen()));
        out.append("</td><td>").append(Html.text(event.done())).append("</td></tr>");
      }
      out.append("</tbody></table></div>");
    }
    return out.toString();
  }

  /** Figures that end in the same word ({@code train-loss}, {@code tune-loss}) share a chart. */
  private static SortedMap<String, List<Line>> byKind(List<HistoryPoint> history) {
    SortedSet<String> names = new TreeSet<>();
    history.forEach(point -> names.addAll(point.values().keySet()));
    SortedMap<String, List<Line>> kinds = new TreeMap<>();
    for (String name : names) {
      List<HistoryPoint> known =
          history.stream()
              .filter(point -> Double.isFinite(point.values().getOrDefault(name, Double.NaN)))
              .toList();
      if (known.size() > 1) { // a single figure is in the heading
        kinds.merge(
            name.substring(name.lastIndexOf('-') + 1),
            List.of(line(name, known)),
            (before, more) ->
                java.util.stream.Stream.concat(before.stream(), more.stream()).toList());
      }
    }
    return kinds;
  }

  private static Line line(String name, List<HistoryPoint> points) {
    return new Line(
        name,
        points.stream().mapToDouble(HistoryPoint::step).toArray(),
        points.stream()
            .map(HistoryPoint::values)
            .map((Map<String, Double> values) -> values.get(name))
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  private static String shortened(String digest) {
    return digest.length() > DIGITS ? digest.substring(0, DIGITS) : digest;
  }
}
