package dev.graft.ingest.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.modality.BadRecord;

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

  /** A field that must be there as JSON text, which it may itself hold. */
  static String json(JsonNode record, String name) throws BadRecord {
    JsonNode value = record.path(name);
    return value.isContainerNode() ? value.toString() : text(record, name, true);
  }
}
