package dev.graft.modality.text;

import com.google.common.html.HtmlEscapers;
import dev.graft.modality.RowView;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The text itself, in the direction of its own script; a tab, as between parts, is an arrow. Spans
 * are marked, with the name of their kind after them.
 */
final class TextView implements RowView {
  private static final String BETWEEN = "</bdi> \u21e5 <bdi class=\"row\">";

  private final List<String> kinds;

  /**
   * @param kinds of spans, in the order of their marks; what is of none of them has no name
   */
  TextView(List<String> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  @Override
  public String html(byte[] payload, String title) {
    return "<bdi class=\"row\" title=\""
        + escaped(title)
        + "\">"
        + TextParts.of(new String(payload, StandardCharsets.UTF_8)).stream()
            .map(this::spans)
            .collect(Collectors.joining(BETWEEN))
        + "</bdi>";
  }

  private String spans(String text) {
    StringBuilder html = new StringBuilder();
    TextSpans.forEach(
        text,
        (piece, kind) -> {
          if (kind < 0) {
            html.append(escaped(piece));
          } else {
            String name = kind < kinds.size() ? kinds.get(kind) : "?";
            html.append("<mark>").append(escaped(piece)).append("<small> ");
            html.append(escaped(name)).append("</small></mark>");
          }
        });
    return html.toString();
  }

  private static String escaped(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }
}
