package dev.graft.modality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.graft.data.DatasetSchema;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.Column;
import dev.graft.data.parquet.SpanValue;
import dev.graft.modality.text.TextSpans;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedPayloadTest {
  private final DatasetSchema pairs =
      new DatasetSchema("text", List.of(64), List.of("yes", "no"), List.of("question", "answer"));

  private final DatasetSchema slots =
      new DatasetSchema("text", List.of(64), List.of("yes", "no"))
          .withSpans(List.of("city", "date"));

  private static String joined(PublishedPayload payload, Object... values) {
    return new String(payload.joined(values), StandardCharsets.UTF_8);
  }

  @Test
  void partsGoToColumnsAndComeBack() {
    PublishedPayload payload = PublishedPayload.of(pairs);
    assertThat(payload.names()).containsExactly("question", "answer");
    assertThat(payload.flaw("why\tso")).isEmpty();
    assertThat(payload.split("why\tso")).containsExactly("why", "so");
    assertThat(joined(payload, "why", "so", 1L)).isEqualTo("why\tso");
  }

  @Test
  void refusedRowsMayLackPartsOrHaveMore() {
    PublishedPayload payload = PublishedPayload.of(pairs);
    assertThat(payload.flaw("why")).hasValue("is not of the parts question, answer");
    assertThat(payload.flaw("why\t")).isPresent();
    assertThat(payload.flaw("why\tso\tno")).isPresent();
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
  void spansGoToAColumnOfTheirOwnAndComeBack() {
    PublishedPayload payload = PublishedPayload.of(slots);
    assertThat(payload.columns())
        .containsExactly(
            new Column.Value("text", Column.Value.Type.STRING),
            new Column.Spans("spans", List.of("city", "date")));
    List<SpanValue> spans = List.of(new SpanValue(2, 6, "city"), new SpanValue(7, 8, "date"));
    String stored = TextSpans.marked("\ud83d\udeeb Oslo 7", spans, slots.spans());
    assertThat(payload.flaw(stored)).isEmpty();
    assertThat(payload.split(stored)).containsExactly("\ud83d\udeeb Oslo 7", spans);
    assertThat(joined(payload, "\ud83d\udeeb Oslo 7", spans, 1L)).isEqualTo(stored);
    assertThat(payload.split("none")).containsExactly("none", List.of());
    assertThat(joined(payload, "none", List.of(), 1L)).isEqualTo("none");
  }

  @Test
  void refusedRowsMayHaveMarksThatDoNotPairUp() {
    PublishedPayload payload = PublishedPayload.of(slots);
    assertThat(payload.flaw("to \u0002Oslo"))
        .hasValueSatisfying(
            flaw -> assertThat(flaw).startsWith("has marks of spans that do not pair up"));
    assertThat(payload.split("to \u0002Oslo")).containsExactly("to Oslo", null);
    assertThat(payload.split(null)).containsExactly(null, null);
    assertThat(joined(payload, "to Oslo", null, 1L)).isEqualTo("to Oslo");
    assertThat(joined(payload, null, null, 1L)).isEmpty();
  }

  @Test
  void schemasOfOneValueAreWrittenAsTheyWereBeforeThereWereParts() {
    DatasetSchema one = new DatasetSchema("text", List.of(64), List.of("yes"));
    assertThat(Json.canonical(one)).doesNotContain("parts", "spans");
    for (DatasetSchema schema : List.of(one, pairs, slots)) {
      byte[] written = Json.canonical(schema).getBytes(StandardCharsets.UTF_8);
      assertThat(Json.read(written, DatasetSchema.class)).isEqualTo(schema);
    }
  }
}
