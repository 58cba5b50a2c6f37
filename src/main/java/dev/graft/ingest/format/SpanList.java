package dev.graft.ingest.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.graft.data.json.Json;
import dev.graft.data.parquet.SpanValue;
import dev.graft.modality.BadRecord;
import java.util.List;

/** The spans of a Parquet file as a record has them. */
final class SpanList {
  private SpanList() {}

  /**
   * The list as JSON.
   *
   * @param spans of {@link SpanValue}; null for one that lacks something
   */
  static String json(List<?> spans) throws BadRecord {
    ArrayNode list = Json.mapper().createArrayNode();
    for (Object element : spans) {
      if (!(element instanceof SpanValue span)) {
        throw new BadRecord("span-form", "a span lacks its start, its end or its label");
      }
      list.addObject().put("start", span.start()).put("end", span.end()).put("label", span.label());
    }
    return list.toString();
  }
}
