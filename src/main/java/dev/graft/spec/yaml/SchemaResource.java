package dev.graft.spec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.graft.data.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A JSON Schema (2020-12) on the class path. {@code $ref} reaches definitions of the same file
 * ({@code #/$defs/x}) and of others by relative name ({@code common.json#/$defs/x}).
 */
final class SchemaResource {
  private static final String CLASSPATH = "classpath:";
  private static final Map<String, JsonNode> TREES = new ConcurrentHashMap<>();

  private final String name;

  SchemaResource(String name) {
    this.name = name;
  }

  JsonSchema schema() {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .cacheRefs(true)
            .preloadJsonSchema(false)
            .build();
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(SchemaLocation.of(CLASSPATH + name), config);
  }

  String name() {
    return name;
  }

  JsonNode tree() {
    return tree(name);
  }

  /** The schema object that holds the keyword at {@code location}. */
  static JsonNode holder(SchemaLocation location) {
    return tree(location.getAbsoluteIri().toString())
        .at(Positions.parent(location.getFragment().toString()));
  }

  /**
   * The schema that {@code schema} stands for, after its {@code $ref}; {@code base} is its file.
   */
  static Resolved resolve(JsonNode schema, String base) {
    if (!schema.has("$ref")) {
      return new Resolved(schema, base);
    }
    String ref = schema.get("$ref").textValue();
    int hash = ref.indexOf('#');
    String file = hash < 0 ? ref : ref.substring(0, hash);
    String target = file.isEmpty() ? base : base.substring(0, base.lastIndexOf('/') + 1) + file;
    String fragment = hash < 0 ? "" : ref.substring(hash + 1);
    return resolve(tree(target).at(fragment), target);
  }

  /**
   * @param schema without a {@code $ref}
   * @param base the resource it is in
   */
  record Resolved(JsonNode schema, String base) {}

  private static JsonNode tree(String location) {
    String path =
        location.startsWith(CLASSPATH) ? location.substring(CLASSPATH.length()) : location;
    return TREES.computeIfAbsent(
        path,
        resource -> {
          try (InputStream in =
              SchemaResource.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
              throw new IllegalArgumentException("no schema " + resource + " on the class path");
            }
            return Json.read(in.readAllBytes(), JsonNode.class);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
