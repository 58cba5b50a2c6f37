package dev.graft.ingest.format;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.json.Json;
import dev.graft.modality.BadRecord;
import java.util.List;

/**
 * A text and its spans, of tokens with a tag each: {@code O}, {@code B-kind} at the first token of
 * a span and {@code I-kind} at the others (Ramshaw &amp; Marcus 1995,
 * https://aclanthology.org/W95-0107/). An {@code I-kind} that does not go on with a span of its
 * kind begins one. Tokens become a text with a space between them.
 */
final class TaggedTokens {
  private static final String OUTSIDE = "O";
  private static final String BEGINS = "B-";
  private static final String GOES_ON = "I-";

  private TaggedTokens() {}

  /**
   * The text, and the list of its spans as JSON.
   *
   * @param tokens JSON list of texts
   * @param tags JSON list of as many texts
   */
  static List<String> record(String tokens, String tags) throws BadRecord {
    JsonNode words = list("tokens", tokens);
    JsonNode marks = list("tags", tags);
    if (words.size() != marks.size()) {
      throw new BadRecord(
          "ragged",
          "the record has " + words.size() + " tokens and " + marks.size() + " tags; one for each");
    }
    StringBuilder text = new StringBuilder();
    ArrayNode spans = Json.mapper().createArrayNode();
    ObjectNode open = null;
    int points = 0;
    for (int i = 0; i < words.size(); i++) {
      String tag = marks.get(i).textValue();
      String kind = kind(tag, i);
      points += text.isEmpty() ? 0 : 1;
      text.append(text.isEmpty() ? "" : " ").append(words.get(i).textValue());
      if (kind.isEmpty()) {
        open = null;
      } else if (tag.startsWith(BEGINS)
          || open == null
          || !open.path("label").textValue().equals(kind)) {
        open = spans.addObject().put("start", points).put("label", kind);
      }
      points = text.codePointCount(0, text.length());
      if (open != null) {
        open.put("end", points);
      }
    }
    return List.of(text.toString(), spans.toString());
  }

  private static String kind(String tag, int place) throws BadRecord {
    if (tag.equals(OUTSIDE)) {
      return "";
    }
    if (tag.length() > BEGINS.length() && (tag.startsWith(BEGINS) || tag.startsWith(GOES_ON))) {
      return tag.substring(BEGINS.length());
    }
    throw new BadRecord(
        "span-form",
        "tag " + (place + 1) + " is \"" + tag + "\"; allowed: O, B- with a kind, I- with a kind");
  }

  private static JsonNode list(String what, String json) throws BadRecord {
    JsonNode list;
    try {
      list = Json.mapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new BadRecord("span-form", "the " + what + " are no JSON: " + e.getOriginalMessage());
    }
    if (!list.isArray()) {
      throw new BadRecord("span-form", "the " + what + " are no list");
    }
    for (JsonNode element : list) {
      if (!element.isTextual()) {
        throw new BadRecord("span-form", "one of the " + what + " is " + element + ", no text");
      }
    }
    return list;
  }
}
