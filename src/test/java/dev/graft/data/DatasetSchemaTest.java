package dev.graft.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetSchemaTest {
  private final DatasetSchema texts = new DatasetSchema("text", List.of(64), List.of("a", "b"));

  @Test
  void differencesNameThePartsThatDiffer() {
    assertThat(texts.differences(texts)).isEmpty();
    assertThat(texts.withSpans(List.of("city")).differences(texts))
        .isEqualTo("spans [city] in place of []");
    assertThat(
            texts
                .withLabels(List.of("x", "y"))
                .differences(new DatasetSchema("text", List.of(32), List.of("a", "b"))))
        .isEqualTo("shape [64] in place of [32]; labels [x, y] in place of []");
    assertThat(
            texts.differences(
                new DatasetSchema("image", List.of(64), List.of("a"), List.of("p", "q"))))
        .isEqualTo(
            "modality text in place of image; classes [a, b] in place of [a]; parts [] in place of"
                + " [p, q]");
  }
}
