package dev.graft.train;

import dev.graft.data.Counters;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.data.json.SealedJson;
import dev.graft.modality.ClassicalAugmenter;
import dev.graft.modality.Modalities;
import dev.graft.model.FittedModel;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.ModelFamily;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.TrainingRun;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.TrainedModels;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.ModelsSpec.Load;
import dev.graft.spec.ModelsSpec.ModelRef;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets one model of a run: loads it, or trains it and keeps it in the store. A training goes on
 * from the checkpoints of earlier attempts; one that an earlier attempt finished is not repeated.
 */
final class RoleTraining {
  private static final Logger LOG = LoggerFactory.getLogger(RoleTraining.class);

  private final StageContext context;
  private final ModelRole role;
  private final RealRows rows;
  private final ModelStore store;

  RoleTraining(StageContext context, ModelRole role, RealRows rows) {
    this.context = context;
    this.role = role;
    this.rows = rows;
    this.store = ModelStore.at(context.storeDirectory());
  }

  /**
   * @param decision whether the models of an earlier date stay
   */
  TrainedModels.Entry run(RetrainDecision decision) throws IOException {
    StageOutput ingest = context.input(StageName.INGEST);
    DatasetSchema schema = Json.read(Storage.read(ingest.file("schema.json")), DatasetSchema.class);
    ModelRef ref = role.ref(context.spec().models());
    if (ref instanceof Load load) {
      return loaded(load, schema);
    }
    Define define = (Define) ref;
    checkAll(schema);
    ModelDefinition definition = ModelDefinition.of(define.definition());
    ModelFamily<?> family = ModelFamilies.get(definition.family());
    checkAbility(family, define.file());
    Optional<TrainedModels.Entry> kept = decision.model(role);
    if (kept.isPresent()) {
      LOG.info("{}: that of {} is kept: {}", role.key(), decision.trainedOn(), decision.reason());
      return kept.get().asLoaded();
    }
    String done = Storage.resolve(context.directory(), "done/" + role.key() + ".json");
    Optional<TrainedModels.Entry> before =
        SealedJson.find(done, TrainedModels.Entry.class)
            .filter(entry -> store.isWhole(entry.name(), entry.digest()));
    if (before.isPresent()) {
      LOG.info("{}: {} was trained by an earlier attempt", role.key(), before.get().name());
      Counters.named("models-reused").inc();
      return before.get();
    }
    TrainedModels.Entry entry = train(family, definition, ingest, schema);
    Storage.writeText(done, SealedJson.text(entry));
    return entry;
  }

  /**
   * Looks, before anything runs, whether the spec's model can have this role.
   *
   * @return its definition
   * @throws GraftException (exit 2) when it cannot, or is not in the store
   */
  ModelDefinition preflight() {
    ModelRef ref = role.ref(context.spec().models());
    if (ref instanceof Load load) {
      ModelDefinition definition = store.card(load.name(), load.digest()).definition();
      checkAbility(ModelFamilies.get(definition.family()), load.name() + "@" + load.version());
      return definition;
    }
    Define define = (Define) ref;
    ModelDefinition definition = ModelDefinition.of(define.definition());
    checkAbility(ModelFamilies.get(definition.family()), define.file());
    ModelFamilies.check(definition, define.file(), schemaBeforeIngest());
    return definition;
  }

  /** What the spec alone tells of the data. */
  private DatasetSchema schemaBeforeIngest() {
    return Modalities.get(context.spec().modality())
        .schema(context.spec().modalityOptions(), List.of());
  }

  /** Whether all models of the run suit the data, before hours go into one of them. */
  private void checkAll(DatasetSchema schema) {
    for (ModelRole each : ModelRole.values()) {
      if (each.ref(context.spec().models()) instanceof Define define) {
        ModelFamilies.check(ModelDefinition.of(define.definition()), define.file(), schema);
      }
    }
  }

  private TrainedModels.Entry train(
      ModelFamily<?> family, ModelDefinition definition, StageOutput ingest, DatasetSchema schema)
      throws IOException {
    long seed = role.seed(context.spec().seed());
    FileCheckpoints checkpoints =
        new FileCheckpoints(Storage.resolve(context.directory(), "checkpoints/" + role.key()));
    ClassicalAugmenter augmenter =
        Modalities.get(context.spec().modality())
            .classical(schema, context.spec().modalityOptions());
    LabelledRows train = rows.read(ingest, Part.TRAIN);
    LabelledRows tune = rows.read(ingest, Part.TUNE);
    if (train.size() == 0 || tune.size() == 0) {
      throw GraftException.input(
          "training needs rows of both parts: %d train, %d tune; see split.tune in the spec",
          train.size(), tune.size());
    }
    LOG.info("train {}: {} on {} rows", role.key(), definition.name(), train.size());
    long before = checkpoints.lastStep().orElse(0);
    FittedModel fitted =
        family.fit(
            new TrainingRun(
                "train " + role.key(),
                definition,
                schema,
                train,
                tune,
                seed,
                checkpoints,
                augmenter));
    Counters.named("models-trained").inc();
    long last = fitted.history().stream().mapToLong(HistoryPoint::step).max().orElse(before);
    Counters.named("steps").inc(Math.max(0, last - before));
    Counters.named("read").inc(train.size() + tune.size());
    ModelCard card =
        store.save(
            definition.name(),
            fitted,
            definition,
            schema,
            context.fingerprint(StageName.INGEST),
            seed);
    checkpoints.clear();
    return entry(card, false);
  }

  private TrainedModels.Entry loaded(Load load, DatasetSchema schema) {
    ModelCard card = store.load(load.name(), load.digest()).card();
    checkAbility(ModelFamilies.get(card.definition().family()), load.name() + "@" + load.version());
    if (!card.schema().equals(schema)) {
      throw GraftException.usage(
          "%s: model %s@%s is of another dataset: shape %s and classes %s; this data has shape %s"
              + " and classes %s",
          role.key(),
          load.name(),
          load.version(),
          card.schema().shape(),
          card.schema().classes(),
          schema.shape(),
          schema.classes());
    }
    Counters.named("models-loaded").inc();
    return entry(card, true);
  }

  private void checkAbility(ModelFamily<?> family, String source) {
    if (!role.type().isAssignableFrom(family.modelType())) {
      throw GraftException.usage(
          "%s: %s is of family %s; a %s needs a model that %s",
          role.key(), source, family.name(), role.key(), role.ability());
    }
  }

  private TrainedModels.Entry entry(ModelCard card, boolean loaded) {
    int number =
        store.versions(card.name()).stream()
            .filter(version -> version.digest().equals(card.digest()))
            .mapToInt(ModelStore.Version::number)
            .findFirst()
            .orElse(0);
    return new TrainedModels.Entry(
        card.name(),
        card.digest(),
        number,
        card.definition().family(),
        loaded,
        card.bestStep(),
        card.figures());
  }
}
