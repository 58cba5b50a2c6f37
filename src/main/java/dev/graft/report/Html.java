package dev.graft.report;

import com.google.common.html.HtmlEscapers;
import dev.graft.evaluate.Figure;
import java.util.Locale;

/** Text and numbers as HTML. */
public final class Html {
  private static final String NONE = "–";

  private Html() {}

  /** Text that came from outside, safe between tags and within double-quoted attributes. */
  public static String text(String value) {
    return HtmlEscapers.htmlEscaper().escape(value);
  }

  /** A whole number with thousands separated. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A share as a percentage with one decimal. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f\u202f%%", 100 * share);
  }

  /**
   * A difference of shares in percentage points, with its sign and one digit after the point; two
   * where it would else look like none.
   */
  public static String points(double difference) {
    double points = Math.rint(1000 * difference) / 10;
    double fine = Math.rint(10_000 * difference) / 100;
    if (fine == 0) {
      return "0.0";
    }
    return (points == 0
            ? String.format(Locale.ROOT, "%+.2f", fine)
            : String.format(Locale.ROOT, "%+.1f", points))
        .replace('-', '\u2212');
  }

  /** A figure with three decimals, fewer for large ones. */
  public static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 1000 ? "%,.0f" : size >= 100 ? "%.1f" : size >= 10 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value).replace('-', '\u2212');
  }

  /** A figure, or a dash that says on hover why there is none. */
  public static String figure(Figure figure) {
    return figure.isDefined() ? number(figure.value()) : undefined(figure.reason());
  }

  /** A share, or a dash that says on hover why there is none. */
  public static String share(Figure figure) {
    return figure.isDefined() ? percent(figure.value()) : undefined(figure.reason());
  }

  /** A dash that says on hover why there is no figure. */
  public static String undefined(String reason) {
    return "<abbr class=\"none\" title=\"" + text(reason) + "\">" + NONE + "</abbr>";
  }
}
