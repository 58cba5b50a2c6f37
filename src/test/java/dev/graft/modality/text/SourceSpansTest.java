package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.modality.BadRecord;
import dev.graft.modality.text.TextSpans.Marked;
import dev.graft.spec.SourceSpec.RecordLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of a text and the list of its spans, as rows. */
class SourceSpansTest {
  private static final List<String> KINDS = List.of("city", "date");
  private static final String PLANE = "\ud83d\udeeb";

  /** A row as its text and its spans, each as {@code kind start-end content}. */
  private static String read(String options, String text, String spans) throws BadRecord {
    JsonNode section =
        Json.read(
            ("{\"spans\":[\"city\",\"date\"]" + options + "}").getBytes(StandardCharsets.UTF_8),
            JsonNode.class);
    TextModality modality = new TextModality();
    byte[] row =
        modality
            .decoder(modality.schema(section, List.of()), section, RecordLimits.DEFAULT)
            .decode((text + "\0" + spans).getBytes(StandardCharsets.UTF_8));
    Marked read = TextSpans.read(CanonicalText.read(row, 0, row.length), KINDS).orElseThrow();
    StringBuilder out = new StringBuilder(read.text());
    read.spans()
        .forEach(
            span -> {
              int[] points = read.text().codePoints().toArray();
              String content = new String(points, span.start(), span.end() - span.start());
              out.append(" | " + span.label() + " " + span.start() + "-" + span.end());
              out.append(" " + content);
            });
    return out.toString();
  }

  private static String span(int start, int end, String label) {
    return "{\"start\":%d,\"end\":%d,\"label\":\"%s\"}".formatted(start, end, label);
  }

  @Test
  void placesAreCodePointsAndAreThoseOfTheRowAfterwards() throws BadRecord {
    assertThat(read("", PLANE + " to Oslo", "[" + span(5, 9, "city") + "]"))
        .isEqualTo(PLANE + " to Oslo | city 5-9 Oslo");
    assertThat(
            read(
                ",\"case\":\"lower\"",
                "  e\u0301t\u00e9  a\r\nOSLO\tMON 7 ",
                "[" + span(15, 22, "date") + "," + span(9, 15, "city") + "]"))
        .isEqualTo("\u00e9t\u00e9 a oslo mon 7 | city 6-10 oslo | date 11-16 mon 7");
    assertThat(read("", "no span", "[]")).isEqualTo("no span");
    assertThat(read("", "ab", "[" + span(0, 1, "city") + "," + span(1, 2, "date") + "]"))
        .isEqualTo("ab | city 0-1 a | date 1-2 b");
    assertThat(read(",\"white-space\":\"keep\"", "a\r\n b", "[" + span(1, 5, "city") + "]"))
        .isEqualTo("a\n b | city 3-4 b");
    assertThat(read("", "\ufeff Oslo now", "[" + span(0, 6, "city") + "]"))
        .isEqualTo("Oslo now | city 0-4 Oslo");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [{"start":0,"end":6,"label":"city"},{"start":5,"end":9,"label":"date"}] | span-overlap | the spans city from 0 to 6 and date from 5 to 9 overlap
          [{"start":0,"end":6,"label":"city"},{"start":0,"end":6,"label":"city"}] | span-overlap | overlap
          [{"start":6,"end":12,"label":"city"}]    | span-outside | a span is from 6 to 12; its text has 9 characters
          [{"start":-1,"end":2,"label":"city"}]    | span-outside | a span is from -1 to 2
          [{"start":3,"end":3,"label":"city"}]     | span-outside | a span is from 3 to 3
          [{"start":0,"end":2,"label":"person"}]   | span-kind    | a span is of the kind "person"; text.spans declares city, date
          [{"start":0,"end":2,"label":7}]          | span-form    | a span is of the kind 7
          [{"start":0.5,"end":2,"label":"city"}]   | span-form    | its start and end must be whole numbers
          [{"start":18446744073709551616,"end":18446744073709551618,"label":"city"}] | span-form | whole numbers of 64 bits
          [{"end":2,"label":"city"}]               | span-form    | its start and end must be whole numbers
          [[0,2,"city"]]                           | span-form    | its start and end must be whole numbers
          {"start":0,"end":2,"label":"city"}       | span-form    | the spans are no list
          city                                     | span-form    | the spans are no JSON
          [{"start":2,"end":5,"label":"city"}]     | span-empty   | holds nothing but white space
          """)
  void recordsWithOtherSpansAreSetAside(String spans, String reason, String detail) {
    assertRefused("", "to \u00a0 Oslo", spans, reason, detail);
  }

  private static void assertRefused(
      String options, String text, String spans, String reason, String detail) {
    assertThatThrownBy(() -> read(options, text, spans))
        .isInstanceOfSatisfying(BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo(reason))
        .hasMessageContaining(detail);
  }

  @Test
  void aSpanThatDividesACharacterOfTheRowIsSetAside() {
    assertRefused("", "e\u0301t\u00e9", "[" + span(1, 3, "city") + "]", "span-divides", "letter");
    assertRefused("", "\ufeffOslo", "[" + span(0, 1, "city") + "]", "span-empty", "white space");
  }

  @Test
  void textsWithMarksOfTheirOwnAreSetAside() {
    assertRefused("", "a\u0002b\u0001", "[]", "control", "the text holds U+0002");
    assertRefused("", "a\ufdd0b", "[]", "control", "the text holds U+FDD0");
    assertRefused("", "a\0b", "[]", "control", "the text holds U+0000");
  }

  @Test
  void marksTakeRoomAndASpanIsNeverCut() throws BadRecord {
    String oslo = "[" + span(3, 7, "city") + "]";
    assertThat(read(",\"max-bytes\":9", "to Oslo", oslo)).isEqualTo("to Oslo | city 3-7 Oslo");
    assertRefused(
        ",\"max-bytes\":8", "to Oslo", oslo, "oversized", "9 bytes; text.max-bytes is 8 (m");
    assertRefused(
        ",\"max-bytes\":8,\"too-long\":\"cut\"", "to Oslo", oslo, "oversized", "within a span");
    assertThat(read(",\"max-bytes\":9,\"too-long\":\"cut\"", "to Oslo now", oslo))
        .isEqualTo("to Oslo | city 3-7 Oslo");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "spans":[]                          | text.spans is []; allowed: a list of 1 to 84 kinds of spans
          "spans":"city"                      | text.spans is "city"; allowed: a list of 1 to 84 kinds
          "spans":["a","a"]                   | text.spans is ["a","a"]; allowed: names that differ
          "spans":[" "]                       | text.spans is [" "]; allowed: names that differ
          "spans":["a"],"parts":["b","c"]     | the section `text` has both parts and spans
          """)
  void kindsAreChecked(String options, String message) {
    JsonNode section =
        Json.read(("{" + options + "}").getBytes(StandardCharsets.UTF_8), JsonNode.class);
    assertThatThrownBy(() -> new TextModality().schema(section, List.of()))
        .isInstanceOf(GraftException.class)
        .hasMessageStartingWith(message);
  }
}
