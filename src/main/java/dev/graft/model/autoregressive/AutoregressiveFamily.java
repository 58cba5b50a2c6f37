package dev.graft.model.autoregressive;

import ai.djl.ndarray.NDManager;
import dev.graft.data.DatasetSchema;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.TuneFigure;
import dev.graft.model.nn.CausalTransformer;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Learner;
import dev.graft.model.nn.ObjectiveLearner;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.PhasedLearner;
import dev.graft.model.nn.SaferTraining;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TensorGroups;
import dev.graft.model.nn.TorchEngine;
import dev.graft.model.nn.TrainingLoop;
import dev.graft.model.nn.TrainingSettings;
import dev.graft.model.nn.Watched;
import dev.graft.spec.GenerationMode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Autoregressive models of images: a tokenizer makes each a small grid of discrete codes (van den
 * Oord et al. 2017), a causal transformer draws them one after the other. The likelihood of codes
 * is exact and reported on tune rows.
 */
public final class AutoregressiveFamily implements ModelFamily<Sampler> {
  @Override
  public String name() {
    return "autoregressive";
  }

  @Override
  public String description() {
    return "discrete codes of images with a causal transformer prior";
  }

  @Override
  public Class<Sampler> modelType() {
    return Sampler.class;
  }

  @Override
  public Set<String> controls() {
    return Set.of(AutoregressiveSampler.TEMPERATURE);
  }

  @Override
  public Set<GenerationMode.Kind> modes(ModelDefinition definition) {
    return EnumSet.allOf(GenerationMode.Kind.class);
  }

  @Override
  public List<TuneFigure> tuneFigures() {
    return List.of(
        new TuneFigure(ImageBound.TUNE, true, Set.of()), TuneFigure.COVERAGE, TuneFigure.BINS);
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    AutoregressiveArchitecture.of(definition.architecture()).check(ImageShape.of(schema));
    AutoregressiveTraining.of(definition.training())
        .check(TrainingSettings.of(definition.training()));
  }

  @Override
  public FittedModel fit(TrainingRun run) throws IOException {
    ModelDefinition definition = run.definition();
    check(definition, run.schema());
    long tokenizerSteps = AutoregressiveTraining.of(definition.training()).tokenizerSteps();
    try (NDManager manager = TorchEngine.newManager(definition.compute());
        TrainingLoop loop =
            new TrainingLoop(
                run,
                (stretch, settings, saved) ->
                    learner(stretch, manager, settings, tokenizerSteps, saved),
                new Watched(SaferTraining::of, weights -> drawing(run, weights)))) {
      return loop.run().fitted(Map.of());
    }
  }

  private static Learner learner(
      TrainingRun run,
      NDManager manager,
      TrainingSettings settings,
      long tokenizerSteps,
      SortedMap<String, Tensor> saved) {
    AutoregressiveArchitecture architecture =
        AutoregressiveArchitecture.of(run.definition().architecture());
    Tokenizer tokenizer = new Tokenizer(architecture.tokenizer(), ImageShape.of(run.schema()));
    TokenizerObjective coding = new TokenizerObjective(run, manager, tokenizer);
    return new PhasedLearner(
        tokenizerSteps,
        saved,
        state ->
            new ObjectiveLearner(
                manager,
                settings.part(0, tokenizerSteps),
                state,
                parameters -> tokenizer.declare(parameters, run.seed()),
                coding),
        (tokens, state) -> {
          CausalTransformer prior =
              new CausalTransformer(
                  architecture.prior(),
                  architecture.tokenizer().codes(),
                  tokenizer.positions(),
                  OneHot.length(run.schema()));
          return new ObjectiveLearner(
              manager,
              settings.part(tokenizerSteps, settings.steps() - tokenizerSteps),
              state,
              parameters -> prior.declare(parameters, run.seed()),
              priorObjective(run, manager, prior, coding, tokens));
        });
  }

  private static PriorObjective priorObjective(
      TrainingRun run,
      NDManager manager,
      CausalTransformer prior,
      TokenizerObjective coding,
      SortedMap<String, Tensor> tokens) {
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      ParameterSet weights = ParameterSet.of(scope, tokens);
      return new PriorObjective(
          run,
          manager,
          prior,
          coding.codes(weights, run.train()),
          coding.codes(weights, run.tune()),
          coding.evaluate(weights).get(TokenizerObjective.TUNE));
    }
  }

  /** Nothing is drawn while there is but the tokenizer. */
  private static Optional<Sampler> drawing(TrainingRun run, SortedMap<String, Tensor> weights) {
    if (TensorGroups.get(weights, PhasedLearner.SECOND).isEmpty()) {
      return Optional.empty();
    }
    byte[] file = Safetensors.of(weights, Map.of()).encode();
    return Optional.of(new AutoregressiveSampler(StoredModel.inTraining(run, file)));
  }

  @Override
  public Sampler open(StoredModel model) {
    return new AutoregressiveSampler(model);
  }
}
