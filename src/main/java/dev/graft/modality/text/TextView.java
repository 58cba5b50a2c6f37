package dev.graft.modality.text;

import com.google.common.html.HtmlEscapers;
import dev.graft.modality.RowView;
import java.nio.charset.StandardCharsets;

/** The text itself, in the direction of its own script. */
final class TextView implements RowView {
  @Override
  public String html(byte[] payload, String title) {
    return "<bdi class=\"row\" title=\""
        + HtmlEscapers.htmlEscaper().escape(title)
        + "\">"
        + HtmlEscapers.htmlEscaper().escape(new String(payload, StandardCharsets.UTF_8))
        + "</bdi>";
  }
}
