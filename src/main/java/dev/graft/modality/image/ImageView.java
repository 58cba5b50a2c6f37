package dev.graft.modality.image;

import com.google.common.html.HtmlEscapers;
import dev.graft.modality.RowView;
import java.util.Base64;

/** An {@code img} with the PNG in its address, enlarged without smoothing. */
final class ImageView implements RowView {
  @Override
  public String html(byte[] payload, String title) {
    return "<img class=\"row\" alt=\"\" style=\"image-rendering:pixelated\" title=\""
        + HtmlEscapers.htmlEscaper().escape(title)
        + "\" src=\"data:image/png;base64,"
        + Base64.getEncoder().encodeToString(payload)
        + "\">";
  }
}
