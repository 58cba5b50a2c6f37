package dev.graft.model.flow;

import ai.djl.ndarray.NDManager;
import dev.graft.data.DatasetSchema;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.Sampler.Controls;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.TuneFigure;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.ObjectiveLearner;
import dev.graft.model.nn.OneHot;
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

/**
 * Flow matching of images with a small U-Net (Lipman et al. 2023,
 * https://arxiv.org/abs/2210.02747), with classifier-free guidance.
 */
public final class FlowFamily implements ModelFamily<Sampler> {
  /** A rough drawing, which costs little beside the training, tells what has collapsed. */
  private static final Controls QUICK =
      new Controls(Map.of(FlowSampler.STEPS, 5.0, FlowSampler.GUIDANCE, 1.0));

  @Override
  public String name() {
    return "flow";
  }

  @Override
  public String description() {
    return "flow matching (diffusion along straight lines) of images with a U-Net";
  }

  @Override
  public Class<Sampler> modelType() {
    return Sampler.class;
  }

  @Override
  public Set<String> controls() {
    return Set.of(FlowSampler.STEPS, FlowSampler.GUIDANCE);
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

  @Override
  public List<TuneFigure> tuneFigures() {
    return List.of(
        new TuneFigure("tune-loss", true, Set.of()), TuneFigure.COVERAGE, TuneFigure.BINS);
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    FlowArchitecture.of(definition.architecture()).check(ImageShape.of(schema));
    TrainingSettings.of(definition.training());
    FlowTraining.of(definition.training()).check();
  }

  @Override
  public FittedModel fit(TrainingRun run) throws IOException {
    FlowNetwork network =
        new FlowNetwork(
            FlowArchitecture.of(run.definition().architecture()),
            ImageShape.of(run.schema()),
            OneHot.length(run.schema()));
    try (NDManager manager = TorchEngine.newManager(run.definition().compute());
        TrainingLoop loop =
            new TrainingLoop(
                run,
                (stretch, settings, saved) ->
                    new ObjectiveLearner(
                        manager,
                        settings,
                        saved,
                        parameters -> WarmStart.declare(stretch, parameters, network::declare),
                        new FlowObjective(stretch, manager, network)),
                new Watched(SaferTraining::of, weights -> drawing(run, weights), QUICK))) {
      return loop.run().fitted(Map.of());
    }
  }

  private static Optional<Sampler> drawing(TrainingRun run, SortedMap<String, Tensor> weights) {
    byte[] file = Safetensors.of(weights, Map.of()).encode();
    return Optional.of(new FlowSampler(StoredModel.inTraining(run, file)));
  }

  @Override
  public Sampler open(StoredModel model) {
    return new FlowSampler(model);
  }
}
