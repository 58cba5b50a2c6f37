package dev.graft.spec.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
public final class SchemaResource {
  private static final String CLASSPATH = "classpath:";
  private static final Map<String, JsonNode> FILES = new ConcurrentHashMap<>();

  private final String name;
  private final JsonNode tree;

  private SchemaResource(String name, JsonNode tree) {
    this.name = name;
    this.tree = tree;
  }

  /**
   * The schema of this name.
   *
   * @param name such as {@code schema/pipeline.json}
   */
  public static SchemaResource of(String name) {
    return new SchemaResource(name, file(name));
  }

  public static boolean exists(String name) {
    return SchemaResource.class.getClassLoader().getResource(name) != null;
  }

  /**
   * This schema with one more property.
   *
   * @param pointer the {@code properties} that take it
   */
  public SchemaResource with(String pointer, String property, JsonNode schema) {
    JsonNode copy = tree.deepCopy();
    ((ObjectNode) copy.at(pointer)).set(property, schema);
    return new SchemaResource(name, copy);
  }

  JsonSchema schema() {
    SchemaValidatorsConfig config =
        SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(SchemaLocation.of(CLASSPATH + name), tree, config);
  }

  Resolved root() {
    return new Resolved(tree, name);
  }

  /** The schema object that holds the keyword at {@code location}. */
  JsonNode holder(SchemaLocation location) {
    String file = location.getAbsoluteIri().toString().replaceFirst("^" + CLASSPATH, "");
    return fileOrSelf(file).at(Positions.parent(location.getFragment().toString()));
  }

  /**
   * The schema that {@code schema} stands for, after its {@code $ref}; {@code base} is its file.
   */
  Resolved resolve(JsonNode schema, String base) {
    if (!schema.has("$ref")) {
      return new Resolved(schema, base);
    }
    String ref = schema.get("$ref").textValue();
    int hash = ref.indexOf('#');
    String file = hash < 0 ? ref : ref.substring(0, hash);
    String target = file.isEmpty() ? base : base.substring(0, base.lastIndexOf('/') + 1) + file;
    return resolve(fileOrSelf(target).at(hash < 0 ? "" : ref.substring(hash + 1)), target);
  }

  /**
   * @param schema without a {@code $ref}
   * @param base the resource it is in
   */
  record Resolved(JsonNode schema, String base) {}

  private JsonNode fileOrSelf(String file) {
    return file.equals(name) ? tree : file(file);
  }

  private static JsonNode file(String name) {
    return FILES.computeIfAbsent(
        name,
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
