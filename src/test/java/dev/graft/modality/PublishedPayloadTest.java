package dev.graft.modality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.DatasetSchema;
import dev.graft.data.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedPayloadTest {
  private final DatasetSchema pairs =
      new DatasetSchema("text", List.of(64), List.of("yes", "no"), List.of("question", "answer"));

  private static String joined(PublishedPayload payload, Object... values) {
    return new String(payload.joined(values), StandardCharsets.UTF_8);
  }

  @Test
  void partsGoToColumnsAndComeBack() {
    PublishedPayload payload = PublishedPayload.of(pairs);
    assertThat(payload.names()).containsExactly("question", "answer");
    assertThat(payload.complete("why\tso")).isTrue();
    assertThat(payload.split("why\tso")).containsExactly("why", "so");
    assertThat(joined(payload, "why", "so", 1L)).isEqualTo("why\tso");
  }

  @Test
  void refusedRowsMayLackPartsOrHaveMore() {
    PublishedPayload payload = PublishedPayload.of(pairs);
    assertThat(payload.complete("why")).isFalse();
    assertThat(payload.complete("why\t")).isFalse();
    assertThat(payload.complete("why\tso\tno")).isFalse();
    assertThat(payload.split("why")).containsExactly("why", null);
    assertThat(payload.split("why\tso\tno")).containsExactly("why", "so\tno");
    assertThat(payload.split(null)).containsExactly(null, null);
    assertThat(joined(payload, "why", null, 1L)).isEqualTo("why");
    assertThat(joined(payload, null, null, 1L)).isEmpty();
  }

  @Test
  void otherRowsAreOneColumn() {
    PublishedPayload payload =
        PublishedPayload.of(new DatasetSchema("text", List.of(64), List.of("yes", "no")));
    assertThat(payload.names()).containsExactly("text");
    assertThat(payload.split("a\tb")).containsExactly("a\tb");
    assertThat(joined(payload, "a\tb", 1L)).isEqualTo("a\tb");
  }

  @Test
  void schemasOfOneValueAreWrittenAsTheyWereBeforeThereWereParts() {
    DatasetSchema one = new DatasetSchema("text", List.of(64), List.of("yes"));
    assertThat(Json.canonical(one)).doesNotContain("parts");
    for (DatasetSchema schema : List.of(one, pairs)) {
      byte[] written = Json.canonical(schema).getBytes(StandardCharsets.UTF_8);
      assertThat(Json.read(written, DatasetSchema.class)).isEqualTo(schema);
    }
  }
}
