package dev.graft.modality.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.graft.data.CounterRandom;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.parquet.SpanValue;
import dev.graft.modality.text.TextSpans.Marked;
import dev.graft.model.chat.BackTranslationFamily;
import dev.graft.model.chat.ChatFamily;
import dev.graft.model.language.TextExternalFamily;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextSpansTest {
  private static final int SIZE = 512;
  private static final List<String> KINDS =
      IntStream.range(0, TextSpans.MOST_KINDS).mapToObj(kind -> "kind" + kind).toList();
  private static final List<String> TWO = List.of("city", "date");

  /** Characters of one to four bytes, surrogate pairs and marks that combine among them. */
  private static final int[] CHARACTERS =
      ("a b\u00e9\u0323\u05e9\u0645\u4e2d\ufe0f\u200d"
              + "\ud83d\ude00\ud83d\udeeb\ud835\udd4f\udbff\udffd\t\n")
          .codePoints()
          .toArray();

  private static String text(CounterRandom random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(CHARACTERS[random.below(i, CHARACTERS.length)]);
    }
    return CanonicalText.normal(text.toString());
  }

  /** Spans of a text that neither overlap nor end with white space. */
  private static List<SpanValue> spans(String text, CounterRandom random) {
    int[] points = text.codePoints().toArray();
    List<SpanValue> spans = new ArrayList<>();
    for (int at = 0; at < points.length; ) {
      int start = at + random.below(100L + 3 * at, 4);
      int end = start + 1 + random.below(101L + 3 * at, 4);
      if (end <= points.length
          && !CanonicalText.isWhite(points[start])
          && !CanonicalText.isWhite(points[end - 1])) {
        spans.add(new SpanValue(start, end, KINDS.get(random.below(102L + 3 * at, KINDS.size()))));
      }
      at = end;
    }
    return spans;
  }

  @Property(tries = 300)
  void whatIsMarkedIsReadAgain(@ForAll @LongRange(min = 0, max = 1L << 40) long seed) {
    CounterRandom random = CounterRandom.of(seed);
    String text = text(CounterRandom.of(seed, 1), random.below(0, 40));
    List<SpanValue> spans = spans(text, random);
    String marked = TextSpans.marked(text, spans, KINDS);
    assertThat(TextSpans.read(marked, KINDS)).contains(new Marked(text, spans));
    assertThat(TextSpans.plain(marked)).isEqualTo(text);
    assertThat(TextSpans.any(marked)).isEqualTo(!spans.isEmpty());
    byte[] row = new byte[SIZE];
    CanonicalText.writeMarked(marked, row, 0, SIZE);
    assertThat(TextSpans.read(CanonicalText.read(row, 0, SIZE), KINDS))
        .hasValueSatisfying(read -> assertThat(read.spans()).hasSameSizeAs(spans));
    assertThat(String.join(" ", TextSpans.words(marked))).isEqualTo(marked);
  }

  @Test
  void noTextHoldsAMark() {
    for (int kind = 0; kind < KINDS.size(); kind++) {
      String mark =
          TextSpans.marked("x", List.of(new SpanValue(0, 1, KINDS.get(kind))), KINDS)
              .substring(0, 1);
      int point = mark.codePointAt(0);
      assertThat(CanonicalText.isText(point)).isFalse();
      assertThat(CanonicalText.isWhite(point)).isFalse();
      assertThat(mark.strip()).isEqualTo(mark);
      assertThat(CanonicalText.normal("a" + mark + "b")).isEqualTo("ab");
    }
    assertThat(TextSpans.MOST_KINDS).isEqualTo(84);
    assertThat(CanonicalText.normal("a\u0001b")).isEqualTo("ab");
  }

  private static String oslo(String before, String after) {
    return before + TextSpans.marked("Oslo", List.of(new SpanValue(0, 4, "city")), TWO) + after;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to \u0002Oslo", // does not end
        "to Oslo\u0001", // does not begin
        "\u0002to \u0003Oslo\u0001\u0001", // nests
        "to \u0002\u0001", // empty
        "to \u0002 Oslo\u0001", // white space at an end
        "to \u0002Oslo \u0001",
        "to \u0004Oslo\u0001", // the third kind of two
        "e\u0002\u0301s\u0001", // no row has that text
      })
  void marksThatDoNotPairUpAreNoSpans(String text) {
    assertThat(TextSpans.sound(oslo("to ", " now"), TWO)).isTrue();
    assertThat(TextSpans.sound(text, TWO)).isFalse();
    assertThat(TextSpans.any(TextSpans.plain(text))).isFalse();
  }

  @Test
  void comparisonsDoNotSeeMarks() {
    byte[] rows = new byte[2 * SIZE];
    CanonicalText.writeMarked(oslo("fly to ", " on friday"), rows, 0, SIZE);
    CanonicalText.write("fly to Oslo on friday", rows, SIZE, SIZE);
    assertThat(rows[7]).isEqualTo((byte) 2);
    DatasetSchema schema = new DatasetSchema("text", List.of(SIZE), List.of("a")).withSpans(TWO);
    TextModality text = new TextModality();
    assertThat(text.signatures(schema).signature(rows, 0))
        .isEqualTo(text.signatures(schema).signature(rows, SIZE));
    byte[] profiles = text.profile(schema).of(rows);
    int length = profiles.length / 2;
    assertThat(java.util.Arrays.copyOf(profiles, length))
        .isEqualTo(java.util.Arrays.copyOfRange(profiles, length, 2 * length));
    assertThat(text.text(schema).orElseThrow().of(rows, 0)).isEqualTo("fly to Oslo on friday");
  }

  @Test
  void classicalAugmentationLeavesSpansWhole() {
    String first =
        TextSpans.marked(
            "please book a cheap flight to new york, quick, for monday 7 june",
            List.of(new SpanValue(30, 38, "city"), new SpanValue(51, 64, "date")),
            TWO);
    Set<String> seen = new HashSet<>();
    for (EasyDataAugmentation.Operation operation : EasyDataAugmentation.Operation.values()) {
      for (int room : List.of(SIZE, first.length())) {
        EasyDataAugmentation changes =
            new EasyDataAugmentation(room, false, 0.4, List.of(operation));
        byte[] row = new byte[room];
        CanonicalText.writeMarked(first, row, 0, room);
        for (int draw = 0; draw < 60; draw++) {
          byte[] out = new byte[room];
          changes.augment(row, 0, 0, CounterRandom.of(11, draw), out, 0);
          String changed = CanonicalText.read(out, 0, room);
          assertThat(contents(changed))
              .as(operation + ": " + changed)
              .containsExactlyInAnyOrder("city new york", "date monday 7 june");
          seen.add(operation + changed);
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(150);
  }

  private static List<String> contents(String text) {
    Marked read = TextSpans.read(text, TWO).orElseThrow();
    return read.spans().stream()
        .map(span -> span.label() + " " + read.text().substring(span.start(), span.end()))
        .toList();
  }

  @Test
  void theViewShowsSpansWithTheirKinds() {
    DatasetSchema schema =
        new DatasetSchema("text", List.of(SIZE), List.of()).withSpans(List.of("city", "<date>"));
    String text =
        TextSpans.marked(
            "a<b to Oslo & now",
            List.of(new SpanValue(7, 11, "city"), new SpanValue(14, 17, "<date>")),
            schema.spans());
    assertThat(
            new TextModality()
                .view(schema)
                .html((text + "\u0005?").getBytes(StandardCharsets.UTF_8), "x"))
        .isEqualTo(
            "<bdi class=\"row\" title=\"x\">a&lt;b to <mark>Oslo<small> city</small></mark> &amp;"
                + " <mark>now<small> &lt;date&gt;</small></mark><mark>?<small>"
                + " ?</small></mark></bdi>");
  }

  @Test
  void familiesThatPlaceNoSpansSaySo() {
    DatasetSchema schema = new DatasetSchema("text", List.of(SIZE), List.of()).withSpans(TWO);
    for (var family :
        List.of(new ChatFamily(), new BackTranslationFamily(), new TextExternalFamily())) {
      assertThatThrownBy(() -> family.check(null, schema))
          .isInstanceOf(GraftException.class)
          .hasMessageStartingWith(
              "a model of family %s places no spans, and rows have those of the kinds city, date"
                  .formatted(family.name()));
    }
  }
}
