package dev.graft.report.chart;

import java.util.List;
import java.util.TreeSet;

/**
 * Means with their intervals over a few ordered places, such as ratios; zero is always in view. The
 * places are equally far from each other, for they are mostly multiples of one another.
 */
public final class CurveChart {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 270;
  private static final int LEFT = 58;
  private static final int RIGHT = 26;
  private static final int TOP = 30;
  private static final int BOTTOM = 42;
  private static final double APART = 9; // between curves at one place
  private static final double CAP = 4;

  private CurveChart() {}

  /**
   * A mean at a place.
   *
   * @param place on the x axis
   * @param mean where the point goes
   * @param low lower end of the interval, equal to {@code mean} without one
   * @param high upper end
   * @param marked whether it is shown as the chosen one
   * @param hover what it is, in words
   */
  public record Point(
      double place, double mean, double low, double high, boolean marked, String hover) {}

  /**
   * One curve.
   *
   * @param name for the legend
   * @param colour 0 to 3
   * @param points ascending by place, at least one
   */
  public record Curve(String name, int colour, List<Point> points) {}

  /**
   * @param description what the picture shows
   * @param curves at least one
   * @param axis what the places are
   * @param unit behind each place, such as {@code x}
   */
  public static String of(String description, List<Curve> curves, String axis, String unit) {
    TreeSet<Double> places = new TreeSet<>();
    double low = 0;
    double high = 0;
    for (Curve curve : curves) {
      for (Point point : curve.points()) {
        places.add(point.place());
        low = Math.min(low, point.low());
        high = Math.max(high, point.high());
      }
    }
    List<Double> order = List.copyOf(places);
    Scale x = new Scale(-0.5, order.size() - 0.5, LEFT, WIDTH - RIGHT);
    Scale y = Scale.around(low, high, HEIGHT - BOTTOM, TOP);
    Svg svg = new Svg(WIDTH, HEIGHT, description);
    for (double tick : y.ticks()) {
      svg.line("grid", LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick));
      svg.label("tick", LEFT - 6, y.at(tick) + 4, "end", y.label(tick));
    }
    svg.line("reference", LEFT, y.at(0), WIDTH - RIGHT, y.at(0));
    for (int i = 0; i < order.size(); i++) {
      svg.label("tick", x.at(i), HEIGHT - BOTTOM + 16, "middle", plain(order.get(i)) + unit);
    }
    svg.label("tick", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 5, "middle", axis);
    double legend = LEFT;
    for (int i = 0; i < curves.size(); i++) {
      Curve curve = curves.get(i);
      double shift = (i - (curves.size() - 1) / 2.0) * APART;
      draw(svg, curve, order, x, y, shift);
      svg.line("line c" + curve.colour(), legend, 12, legend + 18, 12);
      svg.label("legend", legend + 23, 16, "start", curve.name());
      legend += 44 + 6.6 * curve.name().length();
    }
    return svg.html();
  }

  private static void draw(
      Svg svg, Curve curve, List<Double> order, Scale x, Scale y, double shift) {
    String colour = "c" + curve.colour();
    double[] path = new double[2 * curve.points().size()];
    for (int i = 0; i < curve.points().size(); i++) {
      Point point = curve.points().get(i);
      path[2 * i] = x.at(order.indexOf(point.place())) + shift;
      path[2 * i + 1] = y.at(point.mean());
    }
    svg.path("line " + colour, path);
    for (int i = 0; i < curve.points().size(); i++) {
      Point point = curve.points().get(i);
      double at = path[2 * i];
      if (point.high() > point.low()) {
        svg.line("interval " + colour, at, y.at(point.low()), at, y.at(point.high()));
        svg.line("interval " + colour, at - CAP, y.at(point.low()), at + CAP, y.at(point.low()));
        svg.line("interval " + colour, at - CAP, y.at(point.high()), at + CAP, y.at(point.high()));
      }
      svg.circle("point f" + curve.colour(), at, y.at(point.mean()), 4.5, point.hover());
      if (point.marked()) {
        svg.circle("chosen", at, y.at(point.mean()), 9, "chosen on tune rows: " + point.hover());
      }
    }
  }

  private static String plain(double place) {
    return place == Math.rint(place) ? Long.toString(Math.round(place)) : Double.toString(place);
  }
}
