package dev.graft.report.chart;

import java.util.List;

/** Lines over training steps, with a mark at the step that was kept. */
public final class LineChart {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 230;
  private static final int LEFT = 58;
  private static final int RIGHT = 26;
  private static final int TOP = 26;
  private static final int BOTTOM = 34;
  private static final int MOST_POINTS = 240;
  private static final int COLOURS = 4;

  private LineChart() {}

  /**
   * One line.
   *
   * @param name for the legend
   * @param x ascending
   * @param y as many
   */
  public record Line(String name, double[] x, double[] y) {}

  /**
   * @param description what the picture shows
   * @param lines at least one, each with at least one point
   * @param mark position of the kept step on the x axis
   */
  public static String of(String description, List<Line> lines, double mark) {
    double firstX = Double.POSITIVE_INFINITY;
    double lastX = Double.NEGATIVE_INFINITY;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      firstX = Math.min(firstX, line.x()[0]);
      lastX = Math.max(lastX, line.x()[line.x().length - 1]);
      for (double value : line.y()) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    Scale x = new Scale(firstX, lastX > firstX ? lastX : firstX + 1, LEFT, WIDTH - RIGHT);
    Scale y = Scale.around(low, high, HEIGHT - BOTTOM, TOP);
    Svg svg = new Svg(WIDTH, HEIGHT, description);
    for (double tick : y.ticks()) {
      svg.line("grid", LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick));
      svg.label("tick", LEFT - 6, y.at(tick) + 4, "end", y.label(tick));
    }
    for (double tick : x.ticks()) {
      svg.label("tick", x.at(tick), HEIGHT - BOTTOM + 16, "middle", x.label(tick));
    }
    svg.label("tick", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 3, "middle", "step");
    if (mark >= x.low() && mark <= x.high()) {
      svg.line("mark", x.at(mark), TOP, x.at(mark), HEIGHT - BOTTOM);
    }
    double legend = LEFT;
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      String style = "line c" + i % COLOURS;
      svg.path(style, points(line, x, y));
      svg.line(style, legend, 12, legend + 18, 12);
      svg.label("legend", legend + 23, 16, "start", line.name());
      legend += 40 + 6.6 * line.name().length();
    }
    return svg.html();
  }

  private static double[] points(Line line, Scale x, Scale y) {
    int count = line.x().length;
    int stride = (count + MOST_POINTS - 1) / MOST_POINTS;
    int shown = (count + stride - 1) / stride;
    double[] points = new double[2 * shown];
    for (int i = 0; i < shown; i++) {
      int at = i == shown - 1 ? count - 1 : i * stride; // the last point always shows
      points[2 * i] = x.at(line.x()[at]);
      points[2 * i + 1] = y.at(line.y()[at]);
    }
    return points;
  }
}
