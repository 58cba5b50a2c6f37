package dev.graft.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.graft.spec.EvaluateSpec.Utility;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.ModelsSpec.ModelRef;
import dev.graft.spec.Vocabulary.ModalityFacts;
import dev.graft.spec.Vocabulary.ModelFacts;
import dev.graft.spec.Vocabulary.SourceKeys;
import dev.graft.spec.yaml.Document;
import dev.graft.spec.yaml.Positions;
import dev.graft.spec.yaml.Problems;
import dev.graft.spec.yaml.SchemaResource;
import dev.graft.spec.yaml.SchemaValidatedYaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a pipeline spec: checks it against the schema and against everything that is registered,
 * fills in the defaults and resolves the paths. Tells all that is wrong at once, with lines;
 * nothing has started by then.
 */
public final class PipelineSpecReader {
  private static final String SCHEMA = "schema/pipeline.json";

  private final Vocabulary vocabulary;
  private final Path home;

  /**
   * @param vocabulary the registered names
   * @param home where shipped definition files are that are not in the working directory
   */
  public PipelineSpecReader(Vocabulary vocabulary, Path home) {
    this.vocabulary = vocabulary;
    this.home = home;
  }

  /**
   * @throws dev.graft.data.GraftException (exit 2) with one problem per line
   */
  public SpecFile read(SpecRequest request) {
    Problems problems = new Problems();
    Document document =
        SchemaValidatedYaml.read(
            request.workingDirectory().resolve(request.file()),
            request.file().toString(),
            schema(),
            request.overrides(),
            request.environment(),
            problems);
    SpecReading reading = new SpecReading(document, problems, vocabulary, request);
    runDateOnlyInSource(reading, "", document.tree());
    SpecFile file = sections(reading);
    problems.throwIfAny();
    return file;
  }

  private SpecFile sections(SpecReading reading) {
    SourceSection source = new SourceSection(reading);
    boolean soundSource = reading.sound("/source");
    ModelSection models = new ModelSection(reading, home);
    String modality = reading.text("/modality");
    boolean known = modality(reading, modality);
    ModalityFacts defaults =
        known ? vocabulary.modalities().get(modality) : new ModalityFacts("", "", "", List.of());
    JsonNode options = reading.at("/" + modality);
    boolean soundOptions = known && options(reading, modality, options);
    List<String> parts = soundOptions ? vocabulary.parts(modality, options) : List.of();
    List<String> spans = soundOptions ? vocabulary.spans(modality, options) : List.of();
    SourceSpec sourceSpec = soundSource ? source.read(parts, spans) : null;
    ModelsSpec modelsSpec = models(reading, models, known, defaults);
    Optional<ModelFacts> generator = models.facts("/model", modelsSpec.generator(), true);
    models.facts("/judge", modelsSpec.judge(), false);
    models.facts("/examiner", modelsSpec.examiner(), false);
    EvaluateSpec evaluate =
        known && reading.sound("/evaluate")
            ? new EvaluateSection(reading, models).read(defaults)
            : null;
    if (soundOptions) {
      models.checkFit(
          inPlace(modelsSpec, evaluate),
          modality,
          options,
          sourceSpec == null || sourceSpec.severalLabels() ? List.of() : sourceSpec.classes());
    }
    boolean severalLabels = sourceSpec != null && sourceSpec.severalLabels();
    double distance = soundOptions ? vocabulary.duplicateDistance(modality, options) : Double.NaN;
    AugmentSection augmentSection = new AugmentSection(reading, generator, severalLabels);
    AugmentSpec augment = reading.sound("/augment") ? augmentSection.read() : null;
    List<SelectRule> rules = new SelectSection(reading, distance).read(defaults.rules());
    if (!parts.isEmpty() && !reading.problems().in("/select")) {
      SelectSection.checkParts(reading, rules, "that lack one of the parts", parts);
    }
    if (!spans.isEmpty() && !reading.problems().in("/select")) {
      SelectSection.checkParts(reading, rules, "whose marks of spans do not pair up, of", spans);
    }
    if (augment != null && !reading.problems().in("/select")) {
      augmentSection.checkFit(augment, rules);
    }
    PipelineSpec spec =
        new PipelineSpec(
            reading.text("/name"),
            modality,
            reading.at("/seed").longValue(),
            sourceSpec,
            options.isMissingNode() ? JsonNodeFactory.instance.objectNode() : options,
            reading.sound("/split") ? new SplitSection(reading).read() : null,
            modelsSpec,
            augment,
            rules,
            evaluate,
            evaluate == null ? List.of() : new GateSection(reading).read(evaluate),
            reading.sound("/publish") ? publish(reading) : null);
    return new SpecFile(
        spec,
        soundSource ? source.sampleData() : Optional.empty(),
        limits(reading),
        new StudySection(reading).read(modelsSpec, evaluate));
  }

  private static ModelsSpec models(
      SpecReading reading, ModelSection models, boolean known, ModalityFacts defaults) {
    ModelsSpec spec =
        new ModelsSpec(
            models.read("/model", ""),
            known ? models.read("/judge", defaults.judge()) : null,
            known ? models.read("/examiner", defaults.examiner()) : null,
            reading.sound("/retrain") ? new RetrainSection(reading).read() : RetrainPolicy.CHANGED);
    models.checkDistinct(spec);
    return spec;
  }

  /** All models of a run by their place in the spec; null where there is none to read. */
  private static Map<String, ModelRef> inPlace(ModelsSpec models, EvaluateSpec evaluate) {
    Map<String, ModelRef> places = new LinkedHashMap<>();
    places.put("/model", models.generator());
    places.put("/judge", models.judge());
    places.put("/examiner", models.examiner());
    if (evaluate != null) {
      Utility utility = evaluate.utility();
      places.put(EvaluateSection.LEARNER, new Define(utility.learnerFile(), utility.learner()));
      if (utility.classical() != null) {
        places.put(EvaluateSection.CLASSICAL, new Define("utility.classical", utility.classical()));
      }
    }
    return places;
  }

  private boolean modality(SpecReading reading, String modality) {
    boolean known =
        reading.sound("/modality")
            && reading.known("/modality", "modality", modality, vocabulary.modalities().keySet());
    for (String other : vocabulary.modalities().keySet()) {
      if (known && !other.equals(modality) && reading.has("/" + other)) {
        reading.problem(
            "/" + other,
            "the section %s belongs to the modality %s; this spec's modality is %s",
            other,
            other,
            modality);
      }
    }
    return known;
  }

  private boolean options(SpecReading reading, String modality, JsonNode options) {
    if (reading.has("/" + modality) && !reading.sound("/" + modality)) {
      return false;
    }
    return reading.attempt(
        "/" + modality,
        false,
        () -> {
          vocabulary.checkOptions(modality, options.isMissingNode() ? null : options);
          return true;
        });
  }

  private static PublishSpec publish(SpecReading reading) {
    List<String> parts = new ArrayList<>();
    reading.at("/publish/parts").forEach(part -> parts.add(part.textValue()));
    if (!parts.isEmpty() && !reading.at("/publish/include-real").booleanValue()) {
      reading.problem(
          "/publish/parts",
          "publish.parts asks for real rows, but publish.include-real is false; change one of"
              + " them");
    }
    return new PublishSpec(
        reading.absolute(reading.text("/publish/to")),
        reading.at("/publish/include-real").booleanValue(),
        parts,
        reading.at("/publish/rows-per-shard").intValue(),
        reading.text("/publish/licence"),
        reading.at("/publish/allow-schema-change").booleanValue());
  }

  private static LaunchLimits limits(SpecReading reading) {
    if (!reading.sound("/limits")) {
      return LaunchLimits.NONE;
    }
    JsonNode bytes = reading.at("/limits/bytes");
    return new LaunchLimits(
        reading.at("/limits/minutes").asDouble(0),
        bytes.isMissingNode() ? 0 : SourceSection.bytes(bytes));
  }

  private static void runDateOnlyInSource(SpecReading reading, String pointer, JsonNode value) {
    if (value.isTextual() && value.textValue().contains(SourceSection.RUN_DATE)) {
      reading.problem(
          pointer,
          "%s: %s stands in source paths only; published folders are dated by themselves",
          Positions.dotted(pointer),
          SourceSection.RUN_DATE);
    } else if (value.isObject()) {
      value
          .properties()
          .forEach(
              entry -> {
                String place = Positions.child(pointer, entry.getKey());
                if (!place.equals("/source")) {
                  runDateOnlyInSource(reading, place, entry.getValue());
                }
              });
    } else {
      for (int i = 0; i < value.size(); i++) {
        runDateOnlyInSource(reading, pointer + "/" + i, value.get(i));
      }
    }
  }

  /** The schema, with the sections and location keys that are registered. */
  private SchemaResource schema() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    SchemaResource schema = SchemaResource.of(SCHEMA);
    for (String modality : vocabulary.modalities().keySet()) {
      boolean described = SchemaResource.exists("schema/modality/" + modality + ".json");
      schema =
          schema.with(
              "/properties",
              modality,
              described
                  ? nodes.objectNode().put("$ref", "modality/" + modality + ".json")
                  : nodes.objectNode().put("type", "object"));
    }
    for (SourceKeys keys : vocabulary.sourceFormats().values()) {
      for (String key : keys.all()) {
        ObjectNode text = nodes.objectNode().put("type", "string");
        if (key.equals(keys.parts())) {
          severalNames(text);
        }
        schema =
            schema
                .with("/$defs/source/properties", key, text)
                .with("/$defs/source/properties/test/properties", key, text);
      }
    }
    return schema;
  }

  private static void severalNames(ObjectNode text) {
    text.putArray("type").add("string").add("array");
    text.put("minItems", 2).putObject("items").put("type", "string").put("minLength", 1);
  }
}
