package dev.graft.train;

import dev.graft.data.Counters;
import dev.graft.data.DatasetSchema;
import dev.graft.data.GraftException;
import dev.graft.data.LabelledRows;
import dev.graft.data.Part;
import dev.graft.data.io.Storage;
import dev.graft.data.json.Json;
import dev.graft.modality.Modalities;
import dev.graft.model.FittedModel;
import dev.graft.model.FittedModel.HistoryPoint;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.TrainingRun;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.TrainedModels;
import dev.graft.model.tune.TuningStory;
import dev.graft.spec.ModelsSpec.Load;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.stage.StageOutput;
import java.io.IOException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a model from the store, or trains one on the rows of INGEST and keeps it there. */
final class ModelTraining {
  private static final Logger LOG = LoggerFactory.getLogger(ModelTraining.class);

  private final StageContext context;
  private final RealRows rows;
  private final ModelStore store;

  ModelTraining(StageContext context, RealRows rows) {
    this.context = context;
    this.rows = rows;
    this.store = ModelStore.at(context.storeDirectory());
  }

  ModelStore store() {
    return store;
  }

  /** The data's, as INGEST has found it. */
  DatasetSchema schema() {
    return Json.read(
        Storage.read(context.input(StageName.INGEST).file("schema.json")), DatasetSchema.class);
  }

  LabelledRows rows(Part part) {
    return rows.read(context.input(StageName.INGEST), part);
  }

  /**
   * Trains, from the newest checkpoint on where there is one.
   *
   * @param what for progress and messages, such as {@code generator}
   * @param base to train further, null for none
   * @param share of the train rows that are learnt from
   * @param dataDigest stands for them in the model's card
   * @param tuning how the definition's settings were chosen; null where they are its own
   * @throws GraftException (exit 3) when a part has no rows
   */
  TrainedModels.Entry train(
      String what,
      ModelDefinition definition,
      Load base,
      long seed,
      FileCheckpoints checkpoints,
      UnaryOperator<LabelledRows> share,
      String dataDigest,
      TuningStory tuning)
      throws IOException {
    TrainingRun run = prepare(what, definition, base, seed, checkpoints, share);
    long before = checkpoints.lastStep().orElse(0);
    FittedModel fitted = ModelFamilies.get(definition.family()).fit(run);
    Counters.named("models-trained").inc();
    long last = fitted.history().stream().mapToLong(HistoryPoint::step).max().orElse(before);
    Counters.named("steps").inc(Math.max(0, last - before));
    Counters.named("read").inc(run.train().size() + run.tune().size());
    ModelCard card =
        store.save(definition.name(), fitted, definition, run.schema(), dataDigest, seed, tuning);
    checkpoints.clear();
    return entry(card, false);
  }

  /** The training that {@link #train} runs. */
  TrainingRun prepare(
      String what,
      ModelDefinition definition,
      Load base,
      long seed,
      FileCheckpoints checkpoints,
      UnaryOperator<LabelledRows> share) {
    DatasetSchema schema = schema();
    StageOutput ingest = context.input(StageName.INGEST);
    LabelledRows train = share.apply(rows.read(ingest, Part.TRAIN));
    LabelledRows tune = rows.read(ingest, Part.TUNE);
    if (train.size() == 0 || tune.size() == 0) {
      throw GraftException.input(
          "training needs rows of both parts: %d train, %d tune; see split.tune in the spec",
          train.size(), tune.size());
    }
    LOG.info(
        "train {}: {} on {} rows{}",
        what,
        definition.name(),
        train.size(),
        base == null ? "" : ", from " + base.name() + "@" + base.version());
    return new TrainingRun(
            "train " + what,
            definition,
            schema,
            train,
            tune,
            seed,
            checkpoints,
            Modalities.get(context.spec().modality())
                .classical(schema, context.spec().modalityOptions()))
        .from(base == null ? null : store.load(base.name(), base.digest()));
  }

  /**
   * A version of the store.
   *
   * @param what for messages, such as {@code generator}
   * @param reference as the user knows it, such as {@code image-vae@1}
   * @throws GraftException (exit 2) when it is not there or of other data, (exit 3) when damaged
   */
  TrainedModels.Entry load(String what, String name, String digest, String reference) {
    ModelCard card = store.load(name, digest).card();
    DatasetSchema schema = schema();
    if (!card.schema().equals(schema)) {
      throw GraftException.usage(
          "%s: model %s is of another dataset than this data: %s; load one of this data, or train"
              + " one",
          what, reference, card.schema().differences(schema));
    }
    Counters.named("models-loaded").inc();
    return entry(card, true);
  }

  /** What {@code models.json} says of a model. */
  TrainedModels.Entry entry(ModelCard card, boolean loaded) {
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
