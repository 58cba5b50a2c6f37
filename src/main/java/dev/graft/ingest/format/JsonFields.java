package dev.graft.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.modality.BadRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Fields of JSON records as texts. */
final class JsonFields {
  private JsonFields() {}

  /**
   * @param required whether a missing field makes the record {@code incomplete}
   * @return null for a missing field, or one that is null
   */
  static String text(JsonNode record, String name, boolean required) throws BadRecord {
    JsonNode value = record.path(name);
    if (value.isMissingNode() || value.isNull()) {
      if (required) {
        throw new BadRecord("incomplete", "the record has no \"" + name + "\"");
      }
      return null;
    }
    if (value.isContainerNode()) {
      throw new BadRecord("incomplete", "\"" + name + "\" is " + value.getNodeType() + ", no text");
    }
    return value.asText();
  }

  /**
   * The texts of a list; numbers count as texts.
   *
   * @return null for a field that is a text
   * @throws BadRecord {@code incomplete} for a missing field, {@code mislabelled} for one that is
   *     neither, or holds what is no text
   */
  static List<String> list(JsonNode record, String name) throws BadRecord {
    JsonNode value = record.path(name);
    if (value.isMissingNode() || value.isNull()) {
      throw new BadRecord("incomplete", "the record has no \"" + name + "\"");
    }
    if (value.isTextual()) {
      return null;
    }
    if (!value.isArray()) {
      throw new BadRecord(
          RowLabels.MISLABELLED,
          "\"" + name + "\" is " + kind(value) + "; allowed: a list of texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : value) {
      if (!element.isTextual() && !element.isNumber()) {
        throw new BadRecord(
            RowLabels.MISLABELLED, "\"" + name + "\" holds " + kind(element) + "; allowed: texts");
      }
      texts.add(element.asText());
    }
    return texts;
  }

  private static String kind(JsonNode value) {
    return value.isNull()
        ? "null"
        : value.getNodeType().name().toLowerCase(Locale.ROOT) + " " + value;
  }

  /** A field that must be there as JSON text, which it may itself hold. */
  static String json(JsonNode record, String name) throws BadRecord {
    JsonNode value = record.path(name);
    return value.isContainerNode() ? value.toString() : text(record, name, true);
  }
}
