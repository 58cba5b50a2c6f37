package dev.graft.report;

import dev.graft.evaluate.Evaluation;
import dev.graft.evaluate.Metric;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.SelectionFigures;
import dev.graft.evaluate.copies.CopyFigures;
import dev.graft.evaluate.evidence.Evidence;
import dev.graft.evaluate.gate.GateResult;
import dev.graft.evaluate.quality.Comparison;
import dev.graft.evaluate.utility.Arm;
import dev.graft.evaluate.utility.ArmFigures;
import dev.graft.evaluate.utility.Interval;
import dev.graft.evaluate.utility.UtilityFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The top of the page: what was made, and the figures that matter most. */
final class Masthead {
  private record Tile(String name, String value, String note) {}

  private Masthead() {}

  static String html(Evidence evidence) {
    Evaluation evaluation = evidence.evaluation();
    SelectionFigures selection = evaluation.selection();
    StringBuilder out = new StringBuilder();
    out.append("<header><p class=\"kicker\">Graft report</p><h1>");
    out.append(Html.text(evidence.dataset()));
    if (!evidence.runDate().isEmpty()) {
      out.append(" <span class=\"date\">").append(Html.text(evidence.runDate())).append("</span>");
    }
    out.append("</h1><p class=\"lead\">");
    out.append(
        String.format(
            Locale.ROOT,
            "%s synthetic rows in %s classes, grown from %s real ones. Everything below is measured"
                + " on %s real test rows that no model was trained or chosen on.",
            strong(Html.count(selection.accepted())),
            evidence.schema().classes().size(),
            Html.count(evaluation.real().getOrDefault("train", 0)),
            Html.count(evaluation.real().getOrDefault("test", 0))));
    out.append("</p>").append(verdict(evaluation.gates())).append("<dl class=\"tiles\">");
    for (Tile tile : tiles(evaluation)) {
      out.append("<div><dt>").append(tile.name).append("</dt><dd><b>").append(tile.value);
      out.append("</b><small>").append(tile.note).append("</small></dd></div>");
    }
    return out.append("</dl></header>").toString();
  }

  private static String verdict(List<GateResult> gates) {
    if (gates.isEmpty()) {
      return "<p class=\"verdict\">No gates were declared: nothing stops this from being"
          + " published.</p>";
    }
    long failed = gates.stream().filter(gate -> !gate.passed()).count();
    if (failed == 0) {
      return "<p class=\"verdict pass\">✓ "
          + (gates.size() == 1 ? "The one gate" : "All " + gates.size() + " gates")
          + " passed.</p>";
    }
    return String.format(
        Locale.ROOT,
        "<p class=\"verdict fail\">✗ %d of %d gates failed: nothing is published.</p>",
        failed,
        gates.size());
  }

  private static List<Tile> tiles(Evaluation evaluation) {
    List<Tile> tiles = new ArrayList<>();
    SelectionFigures selection = evaluation.selection();
    tiles.add(
        new Tile(
            "Accepted",
            Html.count(selection.accepted()),
            "of " + Html.count(selection.wanted()) + " wanted"));
    tiles.add(
        new Tile(
            "Acceptance",
            Html.share(selection.acceptance()),
            "of " + Html.count(selection.candidates()) + " candidates passed every rule"));
    firstCoverage(evaluation.metrics().overall().metrics())
        .ifPresent(
            entry ->
                tiles.add(
                    new Tile(
                        capital(entry.getKey()),
                        Html.figure(entry.getValue().after()),
                        "unseen real rows reach " + Html.figure(entry.getValue().realVsReal()))));
    utility(evaluation.utility(), tiles);
    CopyFigures copies = evaluation.copies();
    tiles.add(
        new Tile(
            "Copied rows",
            Html.share(copies.accepted().copied()),
            "of real tune rows: " + Html.share(copies.tune().copied())));
    return tiles;
  }

  /** Coverage tells most about a whole set; without it, whatever is measured first. */
  private static java.util.Optional<Map.Entry<String, Comparison>> firstCoverage(
      Map<String, Comparison> metrics) {
    return metrics.entrySet().stream()
        .filter(entry -> entry.getKey().equals("coverage"))
        .findFirst()
        .or(
            () ->
                metrics.entrySet().stream()
                    .filter(
                        entry ->
                            Metrics.all().stream()
                                .map(Metric::info)
                                .anyMatch(info -> info.name().equals(entry.getKey())))
                    .findFirst());
  }

  private static void utility(UtilityFigures utility, List<Tile> tiles) {
    Interval real = accuracy(utility, Arm.REAL);
    Interval synthetic = accuracy(utility, Arm.SYNTHETIC);
    if (synthetic != null) {
      tiles.add(
          new Tile(
              "Synthetic alone",
              Html.percent(synthetic.mean()),
              real == null
                  ? "right on real test rows"
                  : "right; real rows teach " + Html.percent(real.mean())));
    }
    utility.bestReal().ifPresent(over -> gain(utility, over, tiles));
  }

  /** What the synthetic rows add to the best that real rows alone can do. */
  private static void gain(UtilityFigures utility, String over, List<Tile> tiles) {
    utility
        .bestMixed()
        .ifPresent(
            arm ->
                utility
                    .gain(arm, over)
                    .ifPresent(
                        gain ->
                            tiles.add(
                                new Tile(
                                    "Gain over " + over,
                                    Html.points(gain.mean()),
                                    of(arm, gain)))));
  }

  private static String of(String arm, Interval gain) {
    return "points, arm "
        + arm
        + (gain.low() == null
            ? "; one run, so no interval"
            : "; 95\u202f% interval "
                + Html.points(gain.low())
                + " to "
                + Html.points(gain.high()));
  }

  private static Interval accuracy(UtilityFigures utility, Arm arm) {
    return utility.arm(arm.key()).map(ArmFigures::accuracy).orElse(null);
  }

  static String capital(String name) {
    String spaced = name.replace('-', ' ');
    return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
  }

  private static String strong(String text) {
    return "<strong>" + text + "</strong>";
  }
}
