package dev.graft.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.json.Json;
import dev.graft.evaluate.Metric.MetricInfo;
import dev.graft.evaluate.Metrics;
import dev.graft.evaluate.gate.DefaultGates;
import dev.graft.evaluate.gate.GateFigures;
import dev.graft.evaluate.utility.Arm;
import dev.graft.ingest.SourceFormat;
import dev.graft.ingest.SourceFormats;
import dev.graft.modality.Modalities;
import dev.graft.modality.Modality;
import dev.graft.modality.ModalityDefaults;
import dev.graft.modality.text.BlockedTerms;
import dev.graft.model.DefinitionReader;
import dev.graft.model.FineTuning;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.ensemble.EnsembleArchitecture;
import dev.graft.model.nn.CpuCapability;
import dev.graft.model.store.ModelStore;
import dev.graft.model.tune.SearchSpace;
import dev.graft.model.tune.TunePlan;
import dev.graft.score.Scorer.ScorerInfo;
import dev.graft.score.ScorerFactory;
import dev.graft.score.Scorers;
import dev.graft.spec.GateSpec;
import dev.graft.spec.ModelsSpec;
import dev.graft.spec.TuneSpec;
import dev.graft.spec.Vocabulary;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What specs may name: everything that is registered, and the models of one store. */
public final class Registries implements Vocabulary {
  private final String storeDirectory;

  /**
   * @param storeDirectory absolute root of the model store
   */
  public Registries(String storeDirectory) {
    this.storeDirectory = storeDirectory;
  }

  @Override
  public Map<String, ModalityFacts> modalities() {
    Map<String, ModalityFacts> facts = new LinkedHashMap<>();
    for (Modality modality : Modalities.all()) {
      ModalityDefaults defaults = modality.defaults();
      facts.put(
          modality.name(),
          new ModalityFacts(
              defaults.judge(),
              defaults.examiner(),
              defaults.learner(),
              defaults.metrics(),
              defaults.rules()));
    }
    return facts;
  }

  @Override
  public Map<String, SourceKeys> sourceFormats() {
    Map<String, SourceKeys> formats = new LinkedHashMap<>();
    for (SourceFormat format : SourceFormats.all()) {
      formats.put(
          format.name(),
          new SourceKeys(
              format.paths(),
              format.columns(),
              format.hasGroups(),
              format.partsKey(),
              format.labelColumns(),
              format.hasLists()));
    }
    return formats;
  }

  @Override
  public Map<String, ScorerFacts> scorers() {
    Map<String, ScorerFacts> facts = new LinkedHashMap<>();
    for (ScorerFactory factory : Scorers.all()) {
      ScorerInfo info = factory.info();
      facts.put(
          info.name(),
          new ScorerFacts(
              info.higherIsBetter(),
              new Range(info.min(), info.max()),
              factory.wholeSet(),
              factory.modality(),
              factory.takesTerms()));
    }
    return facts;
  }

  @Override
  public Map<String, Range> metrics() {
    Map<String, Range> ranges = new LinkedHashMap<>();
    Metrics.all().stream()
        .map(metric -> metric.info())
        .forEach((MetricInfo info) -> ranges.put(info.name(), new Range(info.min(), info.max())));
    return ranges;
  }

  @Override
  public List<String> gates() {
    return GateFigures.names();
  }

  @Override
  public List<GateSpec> defaultGates() {
    return DefaultGates.all();
  }

  @Override
  public List<String> arms() {
    return Arrays.stream(Arm.values()).map(Arm::key).toList();
  }

  @Override
  public List<String> augmentedArms() {
    return Arrays.stream(Arm.values()).filter(Arm::usesClassical).map(Arm::key).toList();
  }

  @Override
  public void checkOptions(String modality, JsonNode options) {
    Modalities.get(modality).schema(options, List.of());
  }

  @Override
  public List<String> parts(String modality, JsonNode options) {
    return Modalities.get(modality).schema(options, List.of()).parts();
  }

  @Override
  public List<String> spans(String modality, JsonNode options) {
    return Modalities.get(modality).schema(options, List.of()).spans();
  }

  @Override
  public double duplicateDistance(String modality, JsonNode options) {
    Modality registered = Modalities.get(modality);
    return registered.signatures(registered.schema(options, List.of())).defaultRadius();
  }

  @Override
  public List<String> termDigests(List<String> terms) {
    return BlockedTerms.digests(terms);
  }

  @Override
  public JsonNode definition(Path file, List<String> settings) {
    ModelStore store = ModelStore.at(storeDirectory);
    return Json.tree(
        DefinitionReader.read(
            file,
            settings,
            (name, version) -> store.card(name, store.resolve(name, version).digest())));
  }

  @Override
  public ModelsSpec.Load pin(String name, String version) {
    ModelStore.Version found = ModelStore.at(storeDirectory).resolve(name, version);
    return new ModelsSpec.Load(found.name(), version, found.digest());
  }

  @Override
  public JsonNode fineTuning(ModelsSpec.Load base, List<String> settings) {
    ModelDefinition stored = definition(base);
    ModelFamily<?> family = ModelFamilies.get(stored.family());
    if (!family.fineTunes()) {
      throw GraftException.usage(
          "%s is of the family %s, which cannot be trained further; families that can: %s; or train"
              + " anew with define",
          named(base),
          family.name(),
          ModelFamilies.all().stream()
              .filter(ModelFamily::fineTunes)
              .map(ModelFamily::name)
              .collect(Collectors.joining(", ")));
    }
    return Json.tree(FineTuning.definition(stored, named(base), settings));
  }

  @Override
  public TuneSpec tuning(Path file, List<String> settings, TuneSpec asked) {
    ModelDefinition definition = ModelDefinition.of(definition(file, settings));
    TunePlan.checkFamily(definition, file.toString());
    JsonNode ranges = DefinitionReader.ranges(file, settings);
    TuneSpec ranged = new TuneSpec(asked.trials(), asked.steps(), asked.eta(), asked.by(), ranges);
    return TunePlan.check(definition, file.toString(), SearchSpace.of(ranges), ranged);
  }

  @Override
  public ModelFacts model(ModelsSpec.ModelRef reference) {
    ModelDefinition definition = definition(reference);
    ModelFamily<?> family = ModelFamilies.get(definition.family());
    return new ModelFacts(
        family.name(),
        family.modelType().equals(Sampler.class),
        family.controls(),
        family.textControls(),
        family.modes(definition),
        family.needsMode());
  }

  @Override
  public void checkModel(
      ModelsSpec.ModelRef reference, String modality, JsonNode options, List<String> classes) {
    DatasetSchema schema = Modalities.get(modality).schema(options, classes);
    if (reference instanceof ModelsSpec.Define define) {
      ModelDefinition definition = ModelDefinition.of(define.definition());
      ModelFamilies.check(definition, define.file(), schema);
      if (define.base() != null) {
        checkShape(define.base(), schema);
      }
      EnsembleArchitecture.find(definition).stream()
          .flatMap(ensemble -> ensemble.members().stream())
          .filter(member -> !member.loaded().isEmpty())
          .map(Registries::load)
          .forEach(member -> checkModel(member, modality, options, classes));
      return;
    }
    ModelsSpec.Load load = (ModelsSpec.Load) reference;
    CpuCapability.check(definition(load).compute().capability());
    DatasetSchema made = ModelStore.at(storeDirectory).card(load.name(), load.digest()).schema();
    boolean sameClasses = classes.isEmpty() || classes.equals(made.classes());
    if (made.parts().size() != schema.parts().size()) {
      throw GraftException.usage(
          "model %s@%s is of another dataset: its rows have the parts %s, those of this spec %s",
          load.name(), load.version(), made.parts(), schema.parts());
    }
    checkSpans(load, made, schema);
    if (!made.shape().equals(schema.shape()) || !sameClasses) {
      throw GraftException.usage(
          "model %s@%s is of another dataset: shape %s and classes %s; this spec has shape %s%s",
          load.name(),
          load.version(),
          made.shape(),
          made.classes(),
          schema.shape(),
          classes.isEmpty() ? "" : " and classes " + classes);
    }
  }

  private static void checkSpans(ModelsSpec.Load load, DatasetSchema made, DatasetSchema schema) {
    if (!made.spans().equals(schema.spans())) {
      throw GraftException.usage(
          "model %s@%s is of rows with spans of the kinds %s; this spec has %s; the same kinds in"
              + " the same order must be there",
          load.name(), load.version(), made.spans(), schema.spans());
    }
  }

  private void checkShape(ModelsSpec.Load base, DatasetSchema schema) {
    DatasetSchema made = ModelStore.at(storeDirectory).card(base.name(), base.digest()).schema();
    checkSpans(base, made, schema);
    List<Integer> shape = made.shape();
    if (!shape.equals(schema.shape())) {
      throw GraftException.usage(
          "model %s is of rows of shape %s; this spec has %s, and further training keeps the shape",
          named(base), shape, schema.shape());
    }
  }

  @Override
  public void checkTogether(ModelsSpec.ModelRef one, ModelsSpec.ModelRef other) {
    ModelDefinition.Compute first = definition(one).compute();
    ModelDefinition.Compute second = definition(other).compute();
    if (!first.agreesWith(second)) {
      throw GraftException.usage(
          "%s has %s, but %s has %s; one process runs all models of a run, so they must agree",
          named(other), second, named(one), first);
    }
  }

  private static ModelsSpec.Load load(EnsembleArchitecture.Member member) {
    return new ModelsSpec.Load(
        member.model().name(), member.loaded().substring(0, 12), member.loaded());
  }

  private static String named(ModelsSpec.ModelRef reference) {
    return reference instanceof ModelsSpec.Load load
        ? load.name() + "@" + load.version()
        : ((ModelsSpec.Define) reference).file();
  }

  private ModelDefinition definition(ModelsSpec.ModelRef reference) {
    if (reference instanceof ModelsSpec.Define define) {
      return ModelDefinition.of(define.definition());
    }
    ModelsSpec.Load load = (ModelsSpec.Load) reference;
    return ModelStore.at(storeDirectory).card(load.name(), load.digest()).definition();
  }
}
