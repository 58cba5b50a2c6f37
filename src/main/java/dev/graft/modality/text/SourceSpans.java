package dev.graft.modality.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.SpanValue;
import dev.graft.modality.BadRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The spans that a record declares: a JSON list of objects with {@code start}, {@code end} and
 * {@code label}, in code points of the text as the record has it. White space at the ends of a span
 * is left out of it, and so is a byte order mark, which no row keeps. Set aside are records with
 * {@code span-form}, no such list, {@code span-kind}, a label that is not declared, {@code
 * span-outside}, places that the text does not have, {@code span-empty}, nothing but white space,
 * and {@code span-overlap}.
 */
final class SourceSpans {
  private static final int BYTE_ORDER_MARK = 0xFEFF; // at the start of a text

  private SourceSpans() {}

  /**
   * A text with marks, before anything else is done to it.
   *
   * @param text without marks
   * @param json the list
   * @param kinds that are declared
   */
  static String marked(String text, String json, List<String> kinds) throws BadRecord {
    int[] points = text.codePoints().toArray();
    List<SpanValue> spans = new ArrayList<>();
    for (JsonNode span : list(json)) {
      spans.add(span(span, points, kinds));
    }
    spans.sort(Comparator.comparingInt(SpanValue::start).thenComparingInt(SpanValue::end));
    for (int i = 1; i < spans.size(); i++) {
      if (spans.get(i).start() < spans.get(i - 1).end()) {
        throw new BadRecord(
            "span-overlap",
            "the spans "
                + named(spans.get(i - 1))
                + " and "
                + named(spans.get(i))
                + " overlap; spans may touch, and neither overlap nor nest");
      }
    }
    return TextSpans.marked(text, spans, kinds);
  }

  private static JsonNode list(String json) throws BadRecord {
    try {
      JsonNode list = Json.mapper().readTree(json);
      if (list.isArray()) {
        return list;
      }
    } catch (JsonProcessingException e) {
      throw new BadRecord("span-form", "the spans are no JSON: " + e.getOriginalMessage());
    }
    throw new BadRecord(
        "span-form",
        "the spans are no list; allowed: [{\"start\": 0, \"end\": 4, \"label\": \"city\"}], or []"
            + " for none");
  }

  private static SpanValue span(JsonNode node, int[] points, List<String> kinds) throws BadRecord {
    JsonNode start = node.path("start");
    JsonNode end = node.path("end");
    JsonNode label = node.path("label");
    if (!isWhole(start) || !isWhole(end)) {
      throw new BadRecord(
          "span-form",
          "a span is " + node + "; its start and end must be whole numbers of 64 bits at most");
    }
    if (!label.isTextual() || !kinds.contains(label.textValue())) {
      throw new BadRecord(
          label.isTextual() ? "span-kind" : "span-form",
          "a span is of the kind " + label + "; text.spans declares " + String.join(", ", kinds));
    }
    long from = start.longValue();
    long to = end.longValue();
    if (from < 0 || from >= to || to > points.length) {
      throw new BadRecord(
          "span-outside",
          String.format(
              Locale.ROOT,
              "a span is from %d to %d; its text has %d characters, counted as code points, and a"
                  + " span ends after it starts",
              from,
              to,
              points.length));
    }
    while (from < to
        && (CanonicalText.isWhite(points[(int) from])
            || from == 0 && points[0] == BYTE_ORDER_MARK)) {
      from++;
    }
    while (from < to && CanonicalText.isWhite(points[(int) to - 1])) {
      to--;
    }
    if (from == to) {
      throw new BadRecord("span-empty", "the span " + node + " holds nothing but white space");
    }
    return new SpanValue((int) from, (int) to, label.textValue());
  }

  private static boolean isWhole(JsonNode number) {
    return number.canConvertToExactIntegral() && number.canConvertToLong();
  }

  private static String named(SpanValue span) {
    return span.label() + " from " + span.start() + " to " + span.end();
  }
}
