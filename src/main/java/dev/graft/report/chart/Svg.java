package dev.graft.report.chart;

import dev.graft.report.Html;
import java.util.Locale;

/** Writes one inline SVG picture. Colours come from the page's style sheet by class. */
final class Svg {
  private final StringBuilder out = new StringBuilder();

  /**
   * @param description what the picture shows, for those who do not see it
   */
  Svg(int width, int height, String description) {
    out.append("<svg class=\"chart\" role=\"img\" viewBox=\"0 0 ")
        .append(width)
        .append(' ')
        .append(height)
        .append("\" style=\"max-width:")
        .append(width)
        .append("px\"><title>")
        .append(Html.text(description))
        .append("</title>");
  }

  Svg line(String style, double x1, double y1, double x2, double y2) {
    out.append("<line class=\"").append(style).append('"');
    attribute("x1", x1).attribute("y1", y1).attribute("x2", x2).attribute("y2", y2);
    out.append("/>");
    return this;
  }

  Svg rectangle(String style, double x, double y, double width, double height, String hover) {
    out.append("<rect class=\"").append(style).append('"');
    attribute("x", x).attribute("y", y).attribute("width", width).attribute("height", height);
    return closed("rect", hover);
  }

  Svg circle(String style, double x, double y, double radius, String hover) {
    out.append("<circle class=\"").append(style).append('"');
    attribute("cx", x).attribute("cy", y).attribute("r", radius);
    return closed("circle", hover);
  }

  /** A line through points, x and y in turn. */
  Svg path(String style, double[] points) {
    out.append("<polyline class=\"").append(style).append("\" points=\"");
    for (int i = 0; i < points.length; i += 2) {
      out.append(i == 0 ? "" : " ").append(position(points[i])).append(',');
      out.append(position(points[i + 1]));
    }
    out.append("\"/>");
    return this;
  }

  /**
   * @param anchor {@code start}, {@code middle} or {@code end}
   */
  Svg label(String style, double x, double y, String anchor, String text) {
    out.append("<text class=\"").append(style).append("\" text-anchor=\"").append(anchor);
    out.append('"');
    attribute("x", x).attribute("y", y);
    out.append('>').append(Html.text(text)).append("</text>");
    return this;
  }

  String html() {
    return out + "</svg>";
  }

  private Svg closed(String element, String hover) {
    if (hover.isEmpty()) {
      out.append("/>");
    } else {
      out.append("><title>").append(Html.text(hover)).append("</title></");
      out.append(element).append('>');
    }
    return this;
  }

  private Svg attribute(String name, double value) {
    out.append(' ').append(name).append("=\"").append(position(value)).append('"');
    return this;
  }

  private static String position(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
