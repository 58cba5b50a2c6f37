package dev.graft.train;

import dev.graft.data.Counters;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.io.Storage;
import dev.graft.data.json.SealedJson;
import dev.graft.modality.Modalities;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.ModelFamily;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.TrainedModels;
import dev.graft.model.tune.TuningStory;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.spec.ModelsSpec.Load;
import dev.graft.spec.ModelsSpec.ModelRef;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
  private final ModelTraining models;

  RoleTraining(StageContext context, ModelRole role, RealRows rows) {
    this.context = context;
    this.role = role;
    this.rows = rows;
    this.models = new ModelTraining(context, rows);
  }

  /**
   * @param decision whether the models of an earlier date stay
   */
  TrainedModels.Entry run(RetrainDecision decision) throws IOException {
    ModelRef ref = role.ref(context.spec().models());
    if (ref instanceof Load load) {
      TrainedModels.Entry entry =
          models.load(role.key(), load.name(), load.digest(), reference(load));
      checkAbility(ModelFamilies.get(entry.family()), reference(load));
      return entry;
    }
    Define define = (Define) ref;
    checkAll(context, models.schema());
    ModelDefinition definition = ModelDefinition.of(define.definition());
    checkAbility(ModelFamilies.get(definition.family()), define.file());
    Optional<TrainedModels.Entry> there = find(decision);
    if (there.isPresent()) {
      countReuse(there.get());
      return there.get();
    }
    Optional<Tuning> tuning =
        role == ModelRole.GENERATOR ? Tuning.of(context, rows) : Optional.empty();
    TuningStory story = tuning.isPresent() ? tuning.get().story() : null;
    TrainedModels.Entry trained =
        models.train(
            role.key(),
            story == null ? definition : tuning.get().winner(story),
            define.base(),
            role.seed(context.spec().seed()),
            new FileCheckpoints(Storage.resolve(context.directory(), "checkpoints/" + role.key())),
            UnaryOperator.identity(),
            context.fingerprint(StageName.INGEST),
            story);
    keep(trained);
    tuning.ifPresent(Tuning::clear);
    return trained;
  }

  /** The model of an earlier date that stays, or that of an earlier attempt. */
  Optional<TrainedModels.Entry> find(RetrainDecision decision) {
    Optional<TrainedModels.Entry> kept = decision.model(role);
    if (kept.isPresent()) {
      LOG.info("{}: that of {} is kept: {}", role.key(), decision.trainedOn(), decision.reason());
      return kept.map(TrainedModels.Entry::asLoaded);
    }
    ModelStore store = models.store();
    Optional<TrainedModels.Entry> before =
        SealedJson.find(done(), TrainedModels.Entry.class)
            .filter(entry -> store.isWhole(entry.name(), entry.digest()));
    before.ifPresent(
        entry -> LOG.info("{}: {} was trained by an earlier attempt", role.key(), entry.name()));
    return before;
  }

  /** Counts a model that {@link #find} has given, unless it is one that stays. */
  static void countReuse(TrainedModels.Entry entry) {
    if (!entry.loaded()) {
      Counters.named("models-reused").inc();
    }
  }

  /** Notes a trained model for later attempts. */
  TrainedModels.Entry keep(TrainedModels.Entry entry) {
    Storage.writeText(done(), SealedJson.text(entry));
    return entry;
  }

  private String done() {
    return Storage.resolve(context.directory(), "done/" + role.key() + ".json");
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
      ModelDefinition definition = models.store().card(load.name(), load.digest()).definition();
      checkAbility(ModelFamilies.get(definition.family()), reference(load));
      return definition;
    }
    Define define = (Define) ref;
    ModelDefinition definition = ModelDefinition.of(define.definition());
    checkAbility(ModelFamilies.get(definition.family()), define.file());
    ModelFamilies.check(definition, define.file(), schemaBeforeIngest());
    if (define.base() != null) {
      models.store().card(define.base().name(), define.base().digest());
    }
    if (role == ModelRole.GENERATOR) {
      Tuning.of(context, rows).ifPresent(tuning -> tuning.check(schemaBeforeIngest()));
    }
    return definition;
  }

  /** What the spec alone tells of the data. */
  private DatasetSchema schemaBeforeIngest() {
    return Modalities.get(context.spec().modality())
        .schema(context.spec().modalityOptions(), List.of());
  }

  /** Whether all models of the run suit the data, before hours go into one of them. */
  static void checkAll(StageContext context, DatasetSchema schema) {
    for (ModelRole each : ModelRole.values()) {
      if (each.ref(context.spec().models()) instanceof Define define) {
        ModelFamilies.check(ModelDefinition.of(define.definition()), define.file(), schema);
      }
    }
    Tuning.of(context, null).ifPresent(tuning -> tuning.check(schema));
  }

  private static String reference(Load load) {
    return load.name() + "@" + load.version();
  }

  private void checkAbility(ModelFamily<?> family, String source) {
    if (!role.type().isAssignableFrom(family.modelType())) {
      throw GraftException.usage(
          "%s: %s is of family %s; a %s needs a model that %s",
          role.key(), source, family.name(), role.key(), role.ability());
    }
  }
}
