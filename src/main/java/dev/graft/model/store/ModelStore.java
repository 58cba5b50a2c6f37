package dev.graft.model.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.common.hash.Hashing;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.StoredModel;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.tune.TuningStory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Trained models as immutable versions in a folder, local or of any Beam file system:
 *
 * <pre>
 * &lt;store&gt;/&lt;name&gt;/&lt;digest&gt;/weights.safetensors, history.json, tuning.json (of tuned
 *     settings), model.yaml (written last)
 * &lt;store&gt;/&lt;name&gt;/aliases/&lt;n&gt;
 * &lt;store&gt;/&lt;name&gt;/removed/&lt;digest&gt;
 * </pre>
 *
 * <p>A version is its content digest. {@code @n} is the n-th version of a name; a number keeps its
 * digest. Saving is idempotent and safe from several processes at once.
 */
public final class ModelStore {
  private static final String CARD = "model.yaml";
  private static final String WEIGHTS = "weights.safetensors";

  /** Digest of the rest of the card and of the history. */
  private static final String SEAL = "card-sha256";

  private static final String HISTORY = "history.json";
  private static final String TUNING = "tuning.json";
  private static final String TUNING_KEY = "tuning";
  private static final ObjectMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  private final String directory;

  /**
   * One version of a model.
   *
   * @param name name in the store
   * @param number n of {@code name@n}
   * @param digest content digest
   */
  public record Version(String name, int number, String digest) {
    @Override
    public String toString() {
      return name + "@" + number;
    }
  }

  private ModelStore(String directory) {
    this.directory = directory;
  }

  /**
   * @param directory made when the first model is saved
   */
  public static ModelStore at(String directory) {
    return new ModelStore(directory);
  }

  /**
   * Keeps a model under its content digest and gives it the next number of its name, unless it is
   * there.
   *
   * @param dataDigest fingerprint of the data it was trained on
   */
  public ModelCard save(
      String name,
      FittedModel model,
      ModelDefinition definition,
      DatasetSchema schema,
      String dataDigest,
      long seed) {
    return save(name, model, definition, schema, dataDigest, seed, null);
  }

  /**
   * {@link #save} of a model whose settings were chosen.
   *
   * @param tuning how; part of the digest, for the card tells it. Null for the definition's own
   */
  public ModelCard save(
      String name,
      FittedModel model,
      ModelDefinition definition,
      DatasetSchema schema,
      String dataDigest,
      long seed,
      TuningStory tuning) {
    String weightsSha256 = sha256(model.weights());
    Map<String, Object> identity = new HashMap<>();
    identity.put("definition", definition.digest());
    identity.put("schema", Json.tree(schema));
    identity.put("data", dataDigest);
    identity.put("seed", seed);
    identity.put("weights", weightsSha256);
    if (tuning != null) {
      identity.put("tuning", Json.digest(tuning));
    }
    String digest = Json.digest(identity);
    String folder = folder(name, digest);
    if (!isWhole(name, digest)) {
      ModelCard card =
          new ModelCard(
              name,
              digest,
              definition,
              schema,
              dataDigest,
              seed,
              weightsSha256,
              model.bestStep(),
              model.figures(),
              model.history(),
              model.watch(),
              tuning);
      Storage.write(Storage.resolve(folder, WEIGHTS), model.weights());
      Storage.writeText(Storage.resolve(folder, HISTORY), Json.pretty(model.history()));
      if (tuning != null) {
        Storage.writeText(Storage.resolve(folder, TUNING), Json.pretty(tuning));
      }
      Storage.writeText(Storage.resolve(folder, CARD), yaml(card));
    }
    Aliases.of(directory, name).add(digest);
    return card(name, digest);
  }

  /** Whether a version is there and all its files are what was saved; reads them all. */
  public boolean isWhole(String name, String digest) {
    try {
      load(name, digest);
      return true;
    } catch (GraftException e) {
      return false;
    }
  }

  /** Whether a version is there. */
  public boolean has(String name, String digest) {
    return Storage.exists(Storage.resolve(folder(name, digest), CARD));
  }

  /** What is known of a version. */
  public ModelCard card(String name, String digest) {
    String folder = folder(name, digest);
    String file = Storage.resolve(folder, CARD);
    if (!has(name, digest)) {
      throw GraftException.usage(
          "no model %s with digest %s in the store %s", name, digest, directory);
    }
    try {
      ObjectNode tree = (ObjectNode) YAML.readTree(Storage.read(file));
      JsonNode seal = tree.remove(SEAL);
      tree.set("history", Json.mapper().readTree(Storage.read(Storage.resolve(folder, HISTORY))));
      String tuning = Storage.resolve(folder, TUNING);
      if (Storage.exists(tuning)) {
        tree.set(TUNING_KEY, Json.mapper().readTree(Storage.read(tuning)));
      }
      if (seal == null || !seal.asText().equals(Json.digest(tree))) {
        throw damaged(file, "it or a file beside it is not what was saved");
      }
      return Json.mapper().treeToValue(tree, ModelCard.class);
    } catch (JsonProcessingException e) {
      throw damaged(file, e.getOriginalMessage());
    } catch (IOException | UncheckedIOException | ClassCastException e) {
      throw damaged(file, e.getMessage());
    }
  }

  /**
   * Reads a version and checks its weights.
   *
   * @throws GraftException (exit 2) when there is none, (exit 3) when it is damaged
   */
  public StoredModel load(String name, String digest) {
    ModelCard card = card(name, digest);
    String file = Storage.resolve(folder(name, digest), WEIGHTS);
    if (!Storage.exists(file)) {
      throw damaged(file, "the file is missing");
    }
    byte[] weights = Storage.read(file);
    if (!sha256(weights).equals(card.weightsSha256())) {
      throw damaged(
          file,
          String.format(
              Locale.ROOT,
              "its SHA-256 is %s, the card says %s",
              sha256(weights),
              card.weightsSha256()));
    }
    return new StoredModel(card, weights);
  }

  /** {@link #load(String, String)} of a digest, whatever its name. */
  public StoredModel load(String digest) {
    for (String name : names()) {
      if (has(name, digest)) {
        return load(name, digest);
      }
    }
    throw GraftException.usage("no model with digest %s in the store %s", digest, directory);
  }

  /**
   * Finds the version that a user means.
   *
   * @param version a number, {@code 3} or {@code @3}, or the first 8 or more digits of a digest
   */
  public Version resolve(String name, String version) {
    List<Version> versions = versions(name);
    if (versions.isEmpty()) {
      throw GraftException.usage(
          "no model \"%s\" in the store %s; known: %s",
          name, directory, names().isEmpty() ? "none" : String.join(", ", names()));
    }
    String wanted = version.startsWith("@") ? version.substring(1) : version;
    List<Version> matching =
        versions.stream()
            .filter(
                candidate ->
                    wanted.matches("\\d{1,6}")
                        ? candidate.number() == Integer.parseInt(wanted)
                        : wanted.length() >= 8 && candidate.digest().startsWith(wanted))
            .toList();
    if (matching.size() != 1) {
      throw GraftException.usage(
          "%s version \"%s\" of model %s in the store %s; versions: %s; write a number (%s@%d) or"
              + " the first 8 or more digits of a digest",
          matching.isEmpty() ? "no" : "more than one",
          version,
          name,
          directory,
          String.join(
              ", ",
              versions.stream()
                  .map(v -> "@" + v.number() + " (" + v.digest().substring(0, 12) + ")")
                  .toList()),
          name,
          versions.get(versions.size() - 1).number());
    }
    return matching.get(0);
  }

  /** The versions of a name, oldest first; one that was removed leaves its number unused. */
  public List<Version> versions(String name) {
    List<Version> versions = new ArrayList<>();
    Aliases.of(directory, name)
        .digests()
        .forEach(
            (number, digest) -> {
              if (!isRemoved(name, digest)) {
                versions.add(new Version(name, number, digest));
              }
            });
    return versions;
  }

  /** The folder of a version. */
  public String location(Version version) {
    return folder(version.name(), version.digest());
  }

  /**
   * Removes a version. Its number stays taken: the same model, trained again, has it again, and no
   * other ever does.
   */
  public void remove(Version version) {
    Storage.write(removal(version.name(), version.digest()), new byte[0]);
    Storage.delete(Storage.resolve(location(version), CARD));
    Storage.delete(location(version));
  }

  private boolean isRemoved(String name, String digest) {
    return Storage.exists(removal(name, digest)) && !has(name, digest);
  }

  private String removal(String name, String digest) {
    return Storage.resolve(directory, name + "/removed/" + digest);
  }

  /** All versions of all names. */
  public List<Version> list() {
    return names().stream().flatMap(name -> versions(name).stream()).toList();
  }

  private TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    for (Storage.Entry entry : Storage.list(directory)) {
      String[] parts = entry.location().split("/");
      if (entry.name().equals(CARD) && parts.length > 3) {
        names.add(parts[parts.length - 3]);
      }
    }
    return names;
  }

  private String folder(String name, String digest) {
    return Storage.resolve(directory, name + "/" + digest);
  }

  private static String yaml(ModelCard card) {
    ObjectNode tree = (ObjectNode) Json.read(Json.pretty(card).getBytes(UTF_8), JsonNode.class);
    String seal = Json.digest(tree);
    tree.remove("history");
    tree.remove(TUNING_KEY);
    tree.put(SEAL, seal);
    try {
      return YAML.writeValueAsString(YAML.treeToValue(tree, Object.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static GraftException damaged(String file, String why) {
    return GraftException.input(
        "model file %s is damaged: %s; remove its folder and train or copy the model again",
        file, why);
  }

  private static String sha256(byte[] content) {
    return Hashing.sha256().hashBytes(content).toString();
  }
}
