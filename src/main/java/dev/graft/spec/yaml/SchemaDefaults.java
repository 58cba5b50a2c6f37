package dev.graft.spec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Fills in what the user left out: every property whose schema has a {@code default}, also inside
 * mappings and list items that are there. A section that shall appear with its defaults has {@code
 * "default": {}}.
 */
final class SchemaDefaults {
  private final SchemaResource schema;

  private SchemaDefaults(SchemaResource schema) {
    this.schema = schema;
  }

  static void fill(JsonNode value, SchemaResource schema) {
    new SchemaDefaults(schema).fill(value, schema.root());
  }

  private void fill(JsonNode value, SchemaResource.Resolved resolved) {
    if (value instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> property :
          resolved.schema().path("properties").properties()) {
        SchemaResource.Resolved member = schema.resolve(property.getValue(), resolved.base());
        JsonNode stated = property.getValue().path("default");
        JsonNode fallback = stated.isMissingNode() ? member.schema().path("default") : stated;
        if (!object.has(property.getKey()) && !fallback.isMissingNode()) {
          object.set(property.getKey(), fallback.deepCopy());
        }
        fill(object.path(property.getKey()), member);
      }
    } else if (value.isArray() && resolved.schema().has("items")) {
      SchemaResource.Resolved items =
          schema.resolve(resolved.schema().get("items"), resolved.base());
      value.forEach(item -> fill(item, items));
    }
  }
}
