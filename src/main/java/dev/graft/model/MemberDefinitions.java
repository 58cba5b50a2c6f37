package dev.graft.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.model.StoredModel.ModelCard;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts what the members of an ensemble name, by a file beside its own or by a version in the store,
 * in their place: {@code definition}, {@code share}, {@code seed}, {@code weight} and, of a loaded
 * one, {@code loaded}, the digest that its version is pinned to.
 */
final class MemberDefinitions {
  private static final String GIVEN = "given";
  private static final List<String> OF_DEFINED = List.of("set", "share", "seed");

  private final Path file;
  private final StoredCards store;
  private final Set<JsonNode> identities = new HashSet<>();
  private String ensembles;

  MemberDefinitions(Path file, StoredCards store) {
    this.file = file;
    this.store = store;
  }

  void read(ObjectNode ensemble) {
    ensembles = ensemble.get("family").asText();
    ObjectNode architecture = (ObjectNode) ensemble.get("architecture");
    readWeights(architecture);
    for (JsonNode node : architecture.get("members")) {
      ObjectNode member = (ObjectNode) node;
      if (member.has("define") == member.has("load")) {
        throw GraftException.usage(
            "%s: each member must have exactly one of define (a definition file) and load"
                + " (name@version); %s has not",
            file, member);
      }
      JsonNode weight = member.remove("weight");
      if (member.has("load")) {
        load(member);
      } else {
        define(member);
      }
      identities.add(member.deepCopy());
      member.set("weight", weight == null ? Json.tree(1.0) : Json.tree(weight.asDouble()));
    }
  }

  private void readWeights(ObjectNode architecture) {
    boolean stated = !architecture.get("members").findValues("weight").isEmpty();
    JsonNode weights = architecture.path("weights");
    if (weights.isObject() && stated) {
      throw GraftException.usage(
          "%s: the weights are to be fitted, but a member has a weight; leave it out, or write"
              + " weights: given",
          file);
    }
    if (stated || weights.asText().equals(GIVEN)) {
      architecture.putObject("weights").put("fit", GIVEN).put("min-weight", 0.0);
    } else if (weights.isMissingNode()) {
      architecture.putObject("weights").put("fit", "coverage").put("min-weight", 0.1);
    }
  }

  private void define(ObjectNode member) {
    Path own = file.resolveSibling(member.remove("define").asText());
    List<String> settings = new ArrayList<>();
    JsonNode set = member.remove("set");
    if (set != null) {
      set.properties().forEach(one -> settings.add(one.getKey() + "=" + one.getValue()));
    }
    refuseEnsemble(own.toString(), DefinitionReader.family(own, settings));
    member.set("definition", Json.tree(DefinitionReader.read(own, settings)));
    member.put("share", member.path("share").asDouble(1));
    if (member.has("seed")) {
      refuseTwice(own.toString(), member.put("seed", member.get("seed").asLong()));
      return;
    }
    long seed = 0;
    while (identities.contains(member.put("seed", seed))) {
      seed++;
    }
  }

  private void load(ObjectNode member) {
    String reference = member.remove("load").asText();
    for (String key : OF_DEFINED) {
      if (member.has(key)) {
        throw GraftException.usage(
            "%s: member %s is loaded and has its own %s; leave %s out", file, reference, key, key);
      }
    }
    String[] parts = reference.split("@", 2);
    ModelCard card;
    try {
      card = store.card(parts[0], parts[1]);
    } catch (GraftException e) {
      throw new GraftException(
          e.exitCode(), file + ": member " + reference + ": " + e.getMessage(), e);
    }
    refuseEnsemble(reference, card.definition().family());
    member.set("definition", Json.tree(card.definition()));
    member.put("share", 1.0).put("seed", 0L).put("loaded", card.digest());
    refuseTwice(reference, member);
  }

  private void refuseEnsemble(String member, String family) {
    if (family.equals(ensembles)) {
      throw GraftException.usage(
          "%s: member %s is an ensemble itself; name its members here", file, member);
    }
  }

  private void refuseTwice(String member, ObjectNode identity) {
    if (identities.contains(identity)) {
      throw GraftException.usage(
          "%s: member %s is there twice; give the second one another seed, or the first one a"
              + " greater weight",
          file, member);
    }
  }
}
