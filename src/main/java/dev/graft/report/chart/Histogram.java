package dev.graft.report.chart;

import dev.graft.report.Html;
import java.util.List;
import java.util.Locale;

/** Two stacked counts per bin, with bounds as vertical lines. */
public final class Histogram {
  private static final int WIDTH = 420;
  private static final int HEIGHT = 160;
  private static final int LEFT = 14;
  private static final int RIGHT = 14;
  private static final int TOP = 22;
  private static final int BOTTOM = 24;

  private Histogram() {}

  /**
   * @param text beside the line
   * @param value where the line goes
   */
  public record Bound(String text, double value) {}

  /**
   * @param description what the picture shows
   * @param low lower edge of the first bin
   * @param high upper edge of the last bin, above {@code low}
   * @param lower counts at the foot, one per bin
   * @param upper counts above them
   * @param bounds lines; those outside the range are left out
   */
  public static String of(
      String description, double low, double high, long[] lower, long[] upper, List<Bound> bounds) {
    Scale x = new Scale(low, high, LEFT, WIDTH - RIGHT);
    long most = 1;
    for (int i = 0; i < lower.length; i++) {
      most = Math.max(most, lower[i] + upper[i]);
    }
    Scale y = new Scale(0, most, HEIGHT - BOTTOM, TOP);
    Svg svg = new Svg(WIDTH, HEIGHT, description);
    double width = (double) (WIDTH - LEFT - RIGHT) / lower.length;
    for (int i = 0; i < lower.length; i++) {
      double left = LEFT + i * width;
      String hover =
          String.format(
              Locale.ROOT,
              "%s to %s: %s accepted, %s others",
              Html.number(low + i * (high - low) / lower.length),
              Html.number(low + (i + 1) * (high - low) / lower.length),
              Html.count(lower[i]),
              Html.count(upper[i]));
      bin(svg, "fill-synthetic", left, width, y.at(0), y.at(lower[i]), hover);
      bin(svg, "fill-refused", left, width, y.at(lower[i]), y.at(lower[i] + upper[i]), hover);
    }
    svg.line("axis", LEFT, y.at(0), WIDTH - RIGHT, y.at(0));
    for (double tick : x.ticks()) {
      svg.label("tick", x.at(tick), HEIGHT - BOTTOM + 16, "middle", x.label(tick));
    }
    for (Bound bound : bounds) {
      if (bound.value() >= low && bound.value() <= high) {
        double at = x.at(bound.value());
        svg.line("mark", at, TOP - 6, at, y.at(0));
        boolean right = at > WIDTH / 2.0;
        svg.label("legend", at + (right ? -5 : 5), TOP - 8, right ? "end" : "start", bound.text());
      }
    }
    return svg.html();
  }

  private static void bin(
      Svg svg, String style, double left, double width, double foot, double head, String hover) {
    if (foot - head > 0) {
      svg.rectangle(
          style, left + 0.5, head, Math.max(width - 1, 0.5), Math.max(foot - head, 0.6), hover);
    }
  }
}
