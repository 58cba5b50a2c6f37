package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.modality.BadRecord;
import dev.graft.modality.PayloadCodec;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextDecoderTest {
  private final TextModality text = new TextModality();

  private String read(String options, String record) throws BadRecord {
    return read(options, record.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode options(String json) {
    return Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  private String read(String options, byte[] record) throws BadRecord {
    JsonNode section = options(options);
    DatasetSchema schema = text.schema(section, List.of());
    byte[] row = text.decoder(schema, section, RecordLimits.DEFAULT).decode(record);
    assertThat(row).hasSize(schema.rowSize());
    PayloadCodec codec = text.codec(schema);
    byte[] stored = codec.encode(row, 0);
    byte[] again = new byte[row.length];
    codec.decode(stored, again, 0);
    assertThat(again).isEqualTo(row);
    return new String(stored, StandardCharsets.UTF_8);
  }

  @Test
  void textsAreNormalisedAndWhiteSpaceIsOneSpace() throws BadRecord {
    assertThat(read("{}", "  e\u0301t\u00e9\u00a0\r\n is\there "))
        .isEqualTo("\u00e9t\u00e9 is here");
    assertThat(read("{\"white-space\":\"keep\"}", "a\r\nb\t c")).isEqualTo("a\nb\t c");
    assertThat(read("{\"case\":\"lower\"}", "\ufeffNoon")).isEqualTo("noon");
  }

  @Test
  void scriptsAndEmojiAreKept() throws BadRecord {
    String mixed =
        "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd \ud83d\udc69\u200d\ud83d\udcbb q\u0323\u0307";
    assertThat(read("{}", mixed)).isEqualTo(mixed);
  }

  @Test
  void longTextsAreRefusedOrCutBetweenCharacters() throws BadRecord {
    String umlauts = "\u00e4".repeat(5);
    assertThatThrownBy(() -> read("{\"max-bytes\":9}", umlauts))
        .isInstanceOf(BadRecord.class)
        .hasMessageContaining("a text of 10 bytes; text.max-bytes is 9");
    assertThat(read("{\"max-bytes\":9,\"too-long\":\"cut\"}", umlauts))
        .isEqualTo("\u00e4".repeat(4));
  }

  @Test
  void whatIsNoTextIsSetAside() {
    assertReason("empty", " \n ".getBytes(StandardCharsets.UTF_8));
    assertReason("control", "a\0b".getBytes(StandardCharsets.UTF_8));
    assertReason("undecodable", new byte[] {'a', (byte) 0xE9, 'b'});
  }

  private void assertReason(String reason, byte[] record) {
    assertThatThrownBy(() -> read("{}", record))
        .isInstanceOfSatisfying(BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo(reason));
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> read("{\"max-bytes\":4}", "a"))
        .isInstanceOf(GraftException.class)
        .hasMessage("text.max-bytes is 4; allowed: 8 to 8192");
    assertThatThrownBy(() -> read("{\"case\":\"upper\"}", "a"))
        .isInstanceOf(GraftException.class)
        .hasMessage("text.case is upper; allowed: keep, lower");
  }

  @Test
  void drawnTextsHoldNothingThatARowCannot() {
    byte[] row = new byte[8];
    CanonicalText.write("a\0\ud800e\u0301\u00e4\u00e4\u00e4", row, 0, 8);
    assertThat(CanonicalText.read(row, 0, 8)).isEqualTo("a\u00e9\u00e4\u00e4");
  }

  @Test
  void theViewIsEscaped() {
    assertThat(
            text.view(text.schema(null, List.of()))
                .html("<b>&".getBytes(StandardCharsets.UTF_8), "\"x\""))
        .isEqualTo("<bdi class=\"row\" title=\"&quot;x&quot;\">&lt;b&gt;&amp;</bdi>");
  }

  private static final String PARTS = "\"parts\":[\"question\",\"answer\"]";

  @Test
  void partsHaveATabBetweenThemAndNoneWithin() throws BadRecord {
    assertThat(read("{" + PARTS + "}", " why\tnot \0\r\nso\n it e\u0301"))
        .isEqualTo("why not\tso it \u00e9");
    assertThat(read("{" + PARTS + ",\"max-bytes\":9,\"too-long\":\"cut\"}", "why\0because"))
        .isEqualTo("why\tbecau");
    assertThat(text.schema(options("{" + PARTS + "}"), List.of()).parts())
        .containsExactly("question", "answer");
  }

  @Test
  void recordsWithoutAllPartsAreSetAside() {
    assertRefused("{" + PARTS + "}", "why\0 \t", "empty", "the part answer is empty");
    assertRefused("{" + PARTS + "}", "\0so", "empty", "the part question is empty");
    assertRefused("{" + PARTS + "}", "w\0hy\0so", "control", "a part holds U+0000");
    assertRefused("{" + PARTS + "}", "why\0s\u0007", "control", "the part answer holds U+0007");
    assertRefused(
        "{" + PARTS + ",\"max-bytes\":9,\"too-long\":\"cut\"}",
        "whyever not\0so",
        "oversized",
        "lacks the part answer");
  }

  private void assertRefused(String options, String record, String reason, String detail) {
    assertThatThrownBy(() -> read(options, record))
        .isInstanceOfSatisfying(BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo(reason))
        .hasMessageContaining(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ["a"]          | text.parts is ["a"]; allowed: a list of 2 to 8 names
          "a"            | text.parts is "a"; allowed: a list of 2 to 8 names
          ["a","label"]  | text.parts has "label", which is another column of what is published
          ["a","labels"] | text.parts has "labels", which is another column of what is published; allowed: any name but label, labels, label_probs, reason
          ["a","Label_Probs"] | text.parts has "Label_Probs", which is another column of what is published
          ["a","_graft"] | text.parts has "_graft"; allowed: a letter, then letters
          ["a","b","A"]  | text.parts is a, b, A; allowed: names that differ, and not in their case
          """)
  void namesOfPartsAreChecked(String parts, String message) {
    assertThatThrownBy(() -> text.schema(options("{\"parts\":" + parts + "}"), List.of()))
        .isInstanceOf(GraftException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void partsAreNotKeptWithTheirWhiteSpace() {
    assertThatThrownBy(() -> read("{" + PARTS + ",\"white-space\":\"keep\"}", "a\0b"))
        .isInstanceOf(GraftException.class)
        .hasMessageStartingWith("text.white-space is keep, and text.parts names 2 parts");
  }

  @Test
  void theViewTellsPartsApart() {
    assertThat(
            text.view(text.schema(null, List.of()))
                .html("a<b\tc".getBytes(StandardCharsets.UTF_8), "x"))
        .isEqualTo("<bdi class=\"row\" title=\"x\">a&lt;b</bdi> \u21e5 <bdi class=\"row\">c</bdi>");
  }
}
