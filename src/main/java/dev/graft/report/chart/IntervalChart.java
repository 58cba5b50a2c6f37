package dev.graft.report.chart;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Means with their intervals, one row each. Points on a cut axis rather than bars: the length of a
 * bar would say something that a cut axis does not.
 */
public final class IntervalChart {
  private static final int WIDTH = 560;
  private static final int ROW = 34;
  private static final int LEFT = 116;
  private static final int RIGHT = 76;
  private static final int BOTTOM = 26;

  private IntervalChart() {}

  /**
   * @param name of the row
   * @param style colour class
   * @param mean where the large point goes
   * @param low lower end of the interval, equal to {@code mean} without one
   * @param high upper end
   * @param single values behind the mean
   * @param shown the mean as text
   */
  public record Row(
      String name,
      String style,
      double mean,
      double low,
      double high,
      double[] single,
      String shown) {}

  /**
   * @param description what the picture shows
   * @param rows from the top down, at least one
   * @param reference a value to draw a vertical line at
   */
  public static String of(String description, List<Row> rows, OptionalDouble reference) {
    double least = reference.orElse(rows.get(0).mean());
    double most = least;
    for (Row row : rows) {
      least = Math.min(least, row.low());
      most = Math.max(most, row.high());
      for (double value : row.single()) {
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    int height = rows.size() * ROW + BOTTOM;
    Scale x = Scale.around(least, most, LEFT, WIDTH - RIGHT);
    Svg svg = new Svg(WIDTH, height, description);
    for (double tick : x.ticks()) {
      svg.line("grid", x.at(tick), 0, x.at(tick), height - BOTTOM);
      svg.label("tick", x.at(tick), height - BOTTOM + 17, "middle", x.label(tick));
    }
    if (reference.isPresent()) {
      double at = x.at(reference.getAsDouble());
      svg.line("reference", at, 0, at, height - BOTTOM);
    }
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      double y = i * ROW + ROW / 2.0;
      svg.label("name", LEFT - 12, y + 5, "end", row.name());
      for (double value : row.single()) {
        svg.circle("single " + row.style(), x.at(value), y, 3, "");
      }
      if (row.high() > row.low()) {
        svg.line("interval " + row.style(), x.at(row.low()), y, x.at(row.high()), y);
        svg.line("interval " + row.style(), x.at(row.low()), y - 5, x.at(row.low()), y + 5);
        svg.line("interval " + row.style(), x.at(row.high()), y - 5, x.at(row.high()), y + 5);
      }
      svg.circle("mean " + row.style(), x.at(row.mean()), y, 6, row.name() + ": " + row.shown());
      svg.label("value", WIDTH - RIGHT + 12, y + 5, "start", row.shown());
    }
    return svg.html();
  }
}
