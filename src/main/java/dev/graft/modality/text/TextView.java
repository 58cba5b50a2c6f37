package dev.graft.modality.text;

import com.google.common.html.HtmlEscapers;
import dev.graft.modality.RowView;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** The text itself, in the direction of its own script; a tab, as between parts, is an arrow. */
final class TextView implements RowView {
  private static final String BETWEEN = "</bdi> \u21e5 <bdi class=\"row\">";

  @Override
  public String html(byte[] payload, String title) {
    return "<bdi class=\"row\" title=\""
        + HtmlEscapers.htmlEscaper().escape(title)
        + "\">"
        + TextParts.of(new String(payload, StandardCharsets.UTF_8)).stream()
            .map(HtmlEscapers.htmlEscaper()::escape)
            .collect(Collectors.joining(BETWEEN))
        + "</bdi>";
  }
}
