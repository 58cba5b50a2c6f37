package dev.graft.proof;

import dev.graft.report.chart.CurveChart;
import dev.graft.report.chart.CurveChart.Curve;
import dev.graft.report.chart.CurveChart.Point;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What controls do, as {@code target/control.md} and, with curves, {@code target/control.html}. */
final class ControlTable {
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder page = new StringBuilder();

  ControlTable(String subject) throws IOException {
    String style;
    try (var css = CurveChart.class.getResourceAsStream("/dev/graft/report/report.css")) {
      style = new String(css.readAllBytes(), StandardCharsets.UTF_8);
    }
    text.append("# Controls: ").append(subject).append('\n');
    page.append("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Controls</title>");
    page.append("<style>").append(style).append("</style><main><h1>Controls: ").append(subject);
    page.append("</h1>");
  }

  /** A line of figures. */
  void figures(String what, List<Double> figures) {
    text.append("\n* ").append(what).append(':');
    figures.forEach(figure -> text.append(String.format(Locale.ROOT, " %.3f", figure)));
    text.append('\n');
  }

  /** A line of figures, and a curve of them over the values of a control. */
  void curve(String what, String control, List<Double> values, List<Double> figures) {
    figures(what + ", at " + control + " " + values, figures);
    List<Point> points =
        IntStream.range(0, values.size())
            .mapToObj(i -> point(control, values.get(i), figures.get(i)))
            .toList();
    page.append("<h2>").append(what).append("</h2>");
    page.append(CurveChart.of(what, List.of(new Curve(what, 0, points)), control, ""));
  }

  private static Point point(String control, double value, double figure) {
    String hover = String.format(Locale.ROOT, "%s %s: %.3f", control, value, figure);
    return new Point(value, figure, figure, figure, false, hover);
  }

  void write() throws IOException {
    Path folder = Files.createDirectories(Path.of("target"));
    Files.writeString(folder.resolve("control.md"), text);
    Files.writeString(folder.resolve("control.html"), page + "</main></html>\n");
  }
}
