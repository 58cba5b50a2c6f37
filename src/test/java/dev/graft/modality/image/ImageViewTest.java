package dev.graft.modality.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.DatasetSchema;
import dev.graft.modality.Modalities;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageViewTest {
  @Test
  void escapesTheTitleAndEmbedsThePayload() {
    DatasetSchema schema = new DatasetSchema("image", List.of(1, 4, 4), List.of());
    String html = Modalities.get("image").view(schema).html(new byte[] {1, 2, 3}, "\"<b>&");
    assertThat(html)
        .startsWith("<img ")
        .contains("title=\"&quot;&lt;b&gt;&amp;\"")
        .contains("data:image/png;base64,AQID")
        .contains("pixelated");
  }
}
