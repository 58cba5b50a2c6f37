package dev.graft.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.model.nn.CpuCapability;
import dev.graft.model.tune.RangeCheck;
import dev.graft.model.tune.SearchSpace;
import dev.graft.spec.yaml.Document;
import dev.graft.spec.yaml.Problems;
import dev.graft.spec.yaml.SchemaResource;
import dev.graft.spec.yaml.SchemaValidatedYaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a model definition ({@code models/*.yaml}): checked against the schema of its family,
 * defaults filled in, the name taken from the file where it is not given, and {@code capability:
 * auto} made what this machine has.
 */
public final class DefinitionReader {
  private static final String ANY_FAMILY = "schema/model/definition.json";
  private static final String AUTO = "auto";
  private static final String TUNE = "tune";

  private DefinitionReader() {}

  /**
   * @throws dev.graft.data.GraftException (exit 2) with file, line and allowed values of every
   *     problem
   */
  public static ModelDefinition read(Path file) {
    return read(file, List.of());
  }

  /**
   * @param settings {@code a.b.c=value} each; they replace what the file says
   * @throws dev.graft.data.GraftException (exit 2) with file, line and allowed values of every
   *     problem
   */
  public static ModelDefinition read(Path file, List<String> settings) {
    return read(file, settings, StoredCards.NONE);
  }

  /**
   * @param settings {@code a.b.c=value} each; they replace what the file says
   * @param store where an ensemble's loaded members are looked up
   * @throws dev.graft.data.GraftException (exit 2) with file, line and allowed values of every
   *     problem
   */
  public static ModelDefinition read(Path file, List<String> settings, StoredCards store) {
    String schema = "schema/model/" + family(file, settings) + ".json";
    ObjectNode tree = (ObjectNode) SchemaValidatedYaml.read(file, schema, settings).tree();
    tree.remove(TUNE);
    if (!tree.has("name")) {
      tree.put("name", file.getFileName().toString().replaceFirst("\\.ya?ml$", ""));
    }
    if (tree.path("architecture").has("members")) {
      new MemberDefinitions(file, store).read(tree);
    }
    placeFile(file, tree.at("/architecture/file"));
    placeFile(file, tree.at("/architecture/tokenizer"));
    ObjectNode compute = (ObjectNode) tree.get("compute");
    if (compute.get("capability").asText().equals(AUTO)) {
      compute.put("capability", CpuCapability.best().key());
    }
    return ModelDefinition.of(tree);
  }

  /**
   * The definition of a stored model with other values.
   *
   * @param shownAs the model as the user named it, for messages
   * @param settings {@code a.b.c=value} each
   * @throws dev.graft.data.GraftException (exit 2) with the allowed values of every problem
   */
  public static ModelDefinition changed(
      ModelDefinition stored, String shownAs, List<String> settings) {
    Problems problems = new Problems();
    Document document =
        SchemaValidatedYaml.parse(
            Json.pretty(stored),
            shownAs,
            SchemaResource.of("schema/model/" + stored.family() + ".json"),
            settings,
            Map.of(),
            problems);
    problems.throwIfAny();
    return ModelDefinition.of(document.tree());
  }

  /**
   * Where a definition lets its settings be looked for.
   *
   * @param settings {@code a.b.c=value} each; they replace what the file says
   * @return the checked section, see {@link SearchSpace#of}
   * @throws dev.graft.data.GraftException (exit 2) with file, line and allowed values of every
   *     problem
   */
  public static JsonNode ranges(Path file, List<String> settings) {
    String schema = "schema/model/" + family(file, settings) + ".json";
    Document document = SchemaValidatedYaml.read(file, schema, settings);
    Problems problems = new Problems();
    new RangeCheck(
            document,
            problems,
            setting -> {
              List<String> all = new ArrayList<>(settings);
              all.add(setting);
              SchemaValidatedYaml.read(file, schema, all);
            })
        .check();
    problems.throwIfAny();
    return document.at("/" + TUNE);
  }

  /** Makes the place of a file, which is seen from the definition's, one for any process. */
  private static void placeFile(Path file, JsonNode section) {
    if (section instanceof ObjectNode named
        && named.has("path")
        && Storage.isLocal(named.get("path").asText())) {
      Path place = file.resolveSibling(named.get("path").asText());
      named.put("path", place.toAbsolutePath().normalize().toString());
    }
  }

  static String family(Path file, List<String> settings) {
    Document document = SchemaValidatedYaml.read(file, ANY_FAMILY, settings);
    String family = document.at("/family").asText();
    List<String> known = ModelFamilies.all().stream().map(ModelFamily::name).toList();
    if (!known.contains(family)) {
      Problems problems = new Problems();
      document.problem(
          problems,
          "/family",
          "unknown model family \"%s\"; allowed: %s",
          family,
          String.join(", ", known));
      problems.throwIfAny();
    }
    return family;
  }
}
