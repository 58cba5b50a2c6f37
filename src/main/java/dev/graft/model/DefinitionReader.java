package dev.graft.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.nn.CpuCapability;
import dev.graft.spec.yaml.Document;
import dev.graft.spec.yaml.Problems;
import dev.graft.spec.yaml.SchemaValidatedYaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a model definition ({@code models/*.yaml}): checked against the schema of its family,
 * defaults filled in, the name taken from the file where it is not given, and {@code capability:
 * auto} made what this machine has.
 */
public final class DefinitionReader {
  private static final String ANY_FAMILY = "schema/model/definition.json";
  private static final String AUTO = "auto";

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
    String schema = "schema/model/" + family(file, settings) + ".json";
    ObjectNode tree = (ObjectNode) SchemaValidatedYaml.read(file, schema, settings).tree();
    if (!tree.has("name")) {
      tree.put("name", file.getFileName().toString().replaceFirst("\\.ya?ml$", ""));
    }
    readMembers(file, tree);
    ObjectNode compute = (ObjectNode) tree.get("compute");
    if (compute.get("capability").asText().equals(AUTO)) {
      compute.put("capability", CpuCapability.best().key());
    }
    return ModelDefinition.of(tree);
  }

  /** Puts the definitions that an ensemble names, by files beside its own, in their place. */
  private static void readMembers(Path file, ObjectNode tree) {
    for (JsonNode node : tree.path("architecture").path("members")) {
      ObjectNode member = (ObjectNode) node;
      Path own = file.resolveSibling(member.remove("define").asText());
      List<String> settings = new ArrayList<>();
      member
          .remove("set")
          .fields()
          .forEachRemaining(one -> settings.add(one.getKey() + "=" + one.getValue()));
      if (family(own, settings).equals(tree.get("family").asText())) {
        throw GraftException.usage(
            "%s: member %s is an ensemble itself; name its members here", file, own);
      }
      member.set("definition", Json.tree(read(own, settings)));
    }
  }

  private static String family(Path file, List<String> settings) {
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
