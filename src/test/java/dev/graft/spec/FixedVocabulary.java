package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.graft.data.GraftException;
import dev.graft.spec.yaml.SchemaValidatedYaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A small closed world for tests of the reader: one family, no store, two modalities. */
class FixedVocabulary implements Vocabulary {
  private static final Range UNIT = new Range(0, 1);

  @Override
  public Map<String, ModalityFacts> modalities() {
    ModalityFacts image =
        new ModalityFacts("judge.yaml", "examiner.yaml", "learner.yaml", List.of("coverage"));
    return new TreeMap<>(Map.of("image", image, "audio", image));
  }

  @Override
  public Map<String, SourceKeys> sourceFormats() {
    return new TreeMap<>(
        Map.of(
            "idx", new SourceKeys(List.of("images", "labels"), Map.of(), false, ""),
            "class-folders", new SourceKeys(List.of("path"), Map.of(), false, ""),
            "parquet",
                new SourceKeys(
                    List.of("path"),
                    Map.of("image", "image", "spans", "", "tags", ""),
                    true,
                    "image")));
  }

  @Override
  public Map<String, ScorerFacts> scorers() {
    return new TreeMap<>(
        Map.of(
            "label-agreement", new ScorerFacts(true, UNIT, false),
            "realism", new ScorerFacts(true, new Range(0, 100), false),
            "noise", new ScorerFacts(false, UNIT, false),
            "forbidden", new ScorerFacts(false, new Range(0, 9), false, "", true),
            "well-formed", new ScorerFacts(true, UNIT, false),
            "near-duplicate", new ScorerFacts(false, UNIT, true)));
  }

  @Override
  public Map<String, Range> metrics() {
    return new TreeMap<>(Map.of("coverage", UNIT, "density", new Range(0, 1e9)));
  }

  @Override
  public List<String> gates() {
    return List.of(
        "coverage",
        "density",
        "shortfall",
        "copied-rows",
        "synthetic-accuracy",
        "real-gain",
        "examiner-agreement");
  }

  @Override
  public List<GateSpec> defaultGates() {
    return List.of(
        new GateSpec("shortfall", Double.NaN, 0.5, "", "", true, 0),
        new GateSpec("density", 0.1, Double.NaN, "", "", true, 0),
        new GateSpec("synthetic-accuracy", 0.3, Double.NaN, "", "", true, 0));
  }

  @Override
  public List<String> arms() {
    return List.of("real", "classical", "generated", "both", "synthetic");
  }

  @Override
  public List<String> augmentedArms() {
    return List.of("classical", "both");
  }

  @Override
  public void checkOptions(String modality, JsonNode options) {
    if (options == null) {
      throw GraftException.usage("the section `%s` is missing", modality);
    }
  }

  /** Those that the section names. */
  @Override
  public List<String> parts(String modality, JsonNode options) {
    List<String> parts = new ArrayList<>();
    options.path("parts").forEach(part -> parts.add(part.asText()));
    return parts;
  }

  /** Those that the section names. */
  @Override
  public List<String> spans(String modality, JsonNode options) {
    List<String> kinds = new ArrayList<>();
    options.path("spans").forEach(kind -> kinds.add(kind.asText()));
    return kinds;
  }

  @Override
  public double duplicateDistance(String modality, JsonNode options) {
    return 6;
  }

  /** Terms in upper case; none may hold a star. */
  @Override
  public List<String> termDigests(List<String> terms) {
    if (terms.stream().anyMatch(term -> term.contains("*"))) {
      throw GraftException.usage("a term holds a star");
    }
    return terms.stream().map(term -> term.toUpperCase(java.util.Locale.ROOT)).toList();
  }

  /** Definitions named {@code *.yaml} in the tests need not exist; others are read. */
  @Override
  public JsonNode definition(Path file, List<String> settings) {
    String name = file.getFileName().toString();
    if (name.startsWith("real-")) {
      return SchemaValidatedYaml.read(file, "schema/test/model.json", settings).tree();
    }
    if (name.startsWith("none")) {
      throw GraftException.usage("%s: there is no such file", name);
    }
    var definition = JsonNodeFactory.instance.objectNode().put("family", family(name));
    definition.putObject("architecture").put("name", name);
    definition.set("settings", dev.graft.data.json.Json.tree(settings));
    return definition;
  }

  private static String family(String name) {
    return name.startsWith("policy")
        ? "classical"
        : name.startsWith("external") ? "external-classifier" : "vae";
  }

  /** Definitions named {@code fixed-*} have no ranges. */
  @Override
  public TuneSpec tuning(Path file, List<String> settings, TuneSpec asked) {
    if (file.getFileName().toString().startsWith("fixed-")) {
      throw GraftException.usage("%s: the definition has no ranges", file);
    }
    return new TuneSpec(
        asked.trials(),
        asked.steps(),
        asked.eta(),
        asked.by().isEmpty() ? "tune-loss" : asked.by(),
        dev.graft.data.json.Json.tree(settings));
  }

  @Override
  public ModelsSpec.Load pin(String name, String version) {
    if (!version.equals("3")) {
      throw GraftException.usage("the store has no %s@%s; it has 1, 2, 3", name, version);
    }
    return new ModelsSpec.Load(name, version, "d1gest");
  }

  @Override
  public JsonNode fineTuning(ModelsSpec.Load base, List<String> settings) {
    if (base.name().startsWith("external")) {
      throw GraftException.usage("%s cannot be trained further", base.name());
    }
    var definition = JsonNodeFactory.instance.objectNode().put("family", "vae");
    definition.set("training", dev.graft.data.json.Json.tree(settings));
    return definition;
  }

  /** Definitions named {@code small-*} are for smaller images. */
  @Override
  public void checkModel(
      ModelsSpec.ModelRef reference, String modality, JsonNode options, List<String> classes) {
    if (reference instanceof ModelsSpec.Define define && define.file().startsWith("small-")) {
      throw GraftException.usage("%s: images of %s are too large", define.file(), options);
    }
  }

  @Override
  public void checkTogether(ModelsSpec.ModelRef one, ModelsSpec.ModelRef other) {
    if (other instanceof ModelsSpec.Define define
        && define.definition().path("family").asText().equals("classical")) {
      throw new AssertionError("a policy starts no engine");
    }
  }

  /**
   * Models of files named after a judge, an examiner or a learner are classifiers; those of files
   * named {@code still-*} have no modes, those of {@code change-*} need one, and none mixes
   * classes.
   */
  @Override
  public ModelFacts model(ModelsSpec.ModelRef reference) {
    String name =
        reference instanceof ModelsSpec.Define define
            ? define.file()
            : ((ModelsSpec.Load) reference).name();
    boolean classifier = name.matches(".*(judge|examiner|learner).*");
    boolean still = name.startsWith("still");
    return new ModelFacts(
        classifier ? "classifier" : still ? "external" : "vae",
        !classifier,
        Set.of("truncation"),
        Set.of("prefix"),
        still ? Set.of() : Set.of(GenerationMode.Kind.VARY, GenerationMode.Kind.INTERPOLATE),
        name.startsWith("change"));
  }
}
