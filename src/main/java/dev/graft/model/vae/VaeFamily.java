package dev.graft.model.vae;

import ai.djl.ndarray.NDManager;
import dev.graft.data.DatasetSchema;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.TuneFigure;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.ObjectiveLearner;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.SaferTraining;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
import dev.graft.model.nn.TorchEngine;
import dev.graft.model.nn.TrainingLoop;
import dev.graft.model.nn.TrainingSettings;
import dev.graft.model.nn.WarmStart;
import dev.graft.model.nn.Watched;
import dev.graft.spec.GenerationMode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Conditional convolutional variational autoencoders of images (Kingma &amp; Welling 2013,
 * https://arxiv.org/abs/1312.6114).
 */
public final class VaeFamily implements ModelFamily<Sampler> {
  @Override
  public String name() {
    return "vae";
  }

  @Override
  public String description() {
    return "conditional convolutional variational autoencoder of images";
  }

  @Override
  public Class<Sampler> modelType() {
    return Sampler.class;
  }

  @Override
  public Set<String> controls() {
    return Set.of(VaeSampler.TRUNCATION, VaeSampler.DETAIL);
  }

  @Override
  public Set<GenerationMode.Kind> modes(ModelDefinition definition) {
    return EnumSet.allOf(GenerationMode.Kind.class);
  }

  @Override
  public boolean scripted() {
    return true;
  }

  @Override
  public boolean fineTunes() {
    return true;
  }

  /** The bound with its weight on the KL term, which no other weight can be compared by. */
  @Override
  public List<TuneFigure> tuneFigures() {
    return List.of(
        new TuneFigure("tune-loss", true, Set.of("training.likelihood", "training.beta")),
        TuneFigure.COVERAGE,
        TuneFigure.BINS);
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    VaeArchitecture.of(definition.architecture()).check(ImageShape.of(schema));
    TrainingSettings.of(definition.training());
  }

  @Override
  public FittedModel fit(TrainingRun run) throws IOException {
    VaeArchitecture architecture = VaeArchitecture.of(run.definition().architecture());
    int classes = OneHot.length(run.schema());
    VaeNetwork network = new VaeNetwork(architecture, ImageShape.of(run.schema()), classes);
    try (NDManager manager = TorchEngine.newManager(run.definition().compute())) {
      VaeObjective objective =
          new VaeObjective(run, manager, network, architecture.latent(), classes);
      QuickPrior quick = new QuickPrior(run, architecture, classes);
      try (TrainingLoop loop =
          new TrainingLoop(
              run,
              (stretch, settings, saved) ->
                  new ObjectiveLearner(
                      manager,
                      settings,
                      saved,
                      parameters -> WarmStart.declare(stretch, parameters, network::declare),
                      new VaeObjective(stretch, manager, network, architecture.latent(), classes)),
              new Watched(
                  SaferTraining::of,
                  weights -> drawing(run, manager, objective, quick, weights)))) {
        TrainingLoop.Result result = loop.run();
        return result
            .fitted(prior(run, architecture, classes, manager, objective, result).export())
            .withFigures(bound(run, architecture, network, classes, manager, result));
      }
    }
  }

  private static Map<String, Double> bound(
      TrainingRun run,
      VaeArchitecture architecture,
      VaeNetwork network,
      int classes,
      NDManager manager,
      TrainingLoop.Result result) {
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      return new ImportanceBound(run, network, architecture.latent(), classes)
          .evaluate(ParameterSet.of(scope, result.weights()), scope);
    }
  }

  private static Optional<Sampler> drawing(
      TrainingRun run,
      NDManager manager,
      VaeObjective objective,
      QuickPrior quick,
      SortedMap<String, Tensor> weights) {
    SortedMap<String, Tensor> all = new TreeMap<>(weights);
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      ParameterSet current = ParameterSet.of(scope, weights);
      all.putAll(quick.fit((data, rows) -> objective.means(current, data, rows)).export());
    }
    byte[] file = Safetensors.of(all, Map.of()).encode();
    return Optional.of(new VaeSampler(StoredModel.inTraining(run, file)));
  }

  private static LatentPrior prior(
      TrainingRun run,
      VaeArchitecture architecture,
      int classes,
      NDManager manager,
      VaeObjective objective,
      TrainingLoop.Result result) {
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      ParameterSet best = ParameterSet.of(scope, result.weights());
      return LatentPrior.fit(
          architecture,
          run.train(),
          classes,
          run.seed(),
          rows -> objective.means(best, run.train(), rows));
    }
  }

  @Override
  public Sampler open(StoredModel model) {
    return new VaeSampler(model);
  }
}
