package dev.graft.train;

import dev.graft.data.CounterRandom;
import dev.graft.data.GraftException;
import dev.graft.data.Part;
import dev.graft.model.Classifier;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamilies;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.StoredModel.ModelCard;
import dev.graft.model.ensemble.EnsembleArchitecture;
import dev.graft.model.ensemble.EnsembleArchitecture.Fit;
import dev.graft.model.ensemble.EnsembleFamily;
import dev.graft.model.store.ModelStore;
import dev.graft.model.store.TrainedModels;
import dev.graft.spec.ModelsSpec.Define;
import dev.graft.stage.StageContext;
import dev.graft.stage.StageName;
import dev.graft.train.mixture.MixtureFit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the ensemble of a run out of its trained members and keeps it in the store. */
final class EnsembleAssembly {
  private static final long FIT = 0x666974L;

  private final StageContext context;
  private final RoleTraining generator;
  private final ModelTraining models;

  EnsembleAssembly(StageContext context, RealRows rows) {
    this.context = context;
    this.generator = new RoleTraining(context, ModelRole.GENERATOR, rows);
    this.models = new ModelTraining(context, rows);
  }

  /** The ensemble of an earlier date that stays, or that of an earlier attempt. */
  Optional<TrainedModels.Entry> find(RetrainDecision decision) {
    return generator.find(decision);
  }

  /**
   * @param members in the order of the definition
   * @param judge whose features weights are fitted in
   * @throws GraftException (exit 2) when two members are the same model
   */
  TrainedModels.Entry assemble(List<TrainedModels.Entry> members, TrainedModels.Entry judge)
      throws IOException {
    ModelStore store = models.store();
    List<StoredModel> stored =
        members.stream().map(entry -> store.load(entry.name(), entry.digest())).toList();
    checkDistinct(stored);
    EnsembleArchitecture architecture = MemberTraining.ensemble(context).orElseThrow();
    long seed = ModelRole.GENERATOR.seed(context.spec().seed());
    double[] weights = architecture.given();
    Map<String, Double> figures = Map.of();
    if (architecture.weights().fit() != Fit.GIVEN) {
      MixtureFit.Result fitted =
          fit(architecture, stored, store.load(judge.name(), judge.digest()), seed);
      weights = fitted.weights();
      figures = fitted.figures();
    }
    FittedModel whole =
        EnsembleFamily.together(
            stored.stream().map(EnsembleAssembly::fitted).toList(), weights, figures);
    Define define = (Define) context.spec().models().generator();
    ModelDefinition definition = ModelDefinition.of(define.definition());
    ModelCard card =
        store.save(
            definition.name(),
            whole,
            definition,
            models.schema(),
            context.fingerprint(StageName.INGEST),
            seed);
    return generator.keep(models.entry(card, false));
  }

  /** Twice the same model draws every sample twice: a training may have come to what was loaded. */
  private static void checkDistinct(List<StoredModel> members) {
    for (int member = 1; member < members.size(); member++) {
      for (int other = 0; other < member; other++) {
        if (alike(members.get(other), members.get(member))) {
          throw GraftException.usage(
              "members %d and %d of the ensemble are the same model, %s: same architecture, same"
                  + " weights; give one of them a seed of its own, such as {define: %s.yaml, seed:"
                  + " 2}",
              other + 1,
              member + 1,
              members.get(member).card().definition().name(),
              members.get(member).card().definition().name());
        }
      }
    }
  }

  private static boolean alike(StoredModel one, StoredModel other) {
    ModelDefinition first = one.card().definition();
    ModelDefinition second = other.card().definition();
    return first.family().equals(second.family())
        && first.architecture().equals(second.architecture())
        && Arrays.equals(one.weights(), other.weights());
  }

  private static FittedModel fitted(StoredModel model) {
    ModelCard card = model.card();
    return new FittedModel(
        model.weights(), card.history(), card.bestStep(), card.figures(), card.watch());
  }

  private MixtureFit.Result fit(
      EnsembleArchitecture architecture, List<StoredModel> members, StoredModel judge, long seed)
      throws IOException {
    List<Sampler> samplers = new ArrayList<>();
    try (Classifier opened = (Classifier) open(judge)) {
      for (StoredModel member : members) {
        samplers.add((Sampler) open(member));
      }
      return new MixtureFit(
              architecture.weights(), opened, CounterRandom.of(seed, FIT).bits(0), models.schema())
          .fit(samplers, models.rows(Part.TUNE));
    } finally {
      samplers.forEach(Sampler::close);
    }
  }

  private static AutoCloseable open(StoredModel model) throws IOException {
    return ModelFamilies.get(model.card().definition().family()).open(model);
  }
}
