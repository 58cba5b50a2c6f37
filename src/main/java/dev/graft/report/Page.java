package dev.graft.report;

import com.google.common.io.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One HTML page: no scripts, no requests, its pictures and its style within it. Light and dark
 * follow the reader's system.
 */
final class Page {
  private final String title;
  private final StringBuilder contents = new StringBuilder("<nav aria-label=\"Contents\">");
  private final StringBuilder main = new StringBuilder("<main>");

  /**
   * @param title of the window, as HTML
   */
  Page(String title) {
    this.title = title;
  }

  /**
   * Adds a section and its entry in the contents.
   *
   * @param id anchor
   * @param heading as HTML
   * @param body below it, as HTML
   */
  Page section(String id, String heading, String body) {
    contents.append("<a href=\"#").append(id).append("\">").append(heading).append("</a>");
    main.append("<section id=\"").append(id).append("\"><h2>").append(heading).append("</h2>");
    main.append(body).append("</section>\n");
    return this;
  }

  /**
   * The whole page.
   *
   * @param masthead its top, as HTML
   * @param foot its last line, as HTML
   */
  String html(String masthead, String foot) {
    return String.format(
            Locale.ROOT,
            """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        """,
            title,
            style())
        + masthead
        + contents
        + "</nav>\n"
        + main
        + "</main>\n<footer>"
        + foot
        + "</footer>\n</body>\n</html>\n";
  }

  private static String style() {
    try {
      return Resources.toString(
          Resources.getResource(Page.class, "report.css"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
