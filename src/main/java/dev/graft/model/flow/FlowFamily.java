package dev.graft.model.flow;

import ai.djl.ndarray.NDManager;
import dev.graft.data.DatasetSchema;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.ObjectiveLearner;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.TorchEngine;
import dev.graft.model.nn.TrainingLoop;
import dev.graft.model.nn.TrainingSettings;
import dev.graft.model.nn.WarmStart;
import dev.graft.spec.GenerationMode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Flow matching of images with a small U-Net (Lipman et al. 2023,
 * https://arxiv.org/abs/2210.02747), with classifier-free guidance.
 */
public final class FlowFamily implements ModelFamily<Sampler> {
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
    TrainingSettings settings = TrainingSettings.of(run.definition().training());
    try (NDManager manager = TorchEngine.newManager(run.definition().compute());
        TrainingLoop loop =
            new TrainingLoop(
                run.task(),
                settings,
                run.checkpoints(),
                saved ->
                    new ObjectiveLearner(
                        manager,
                        settings,
                        saved,
                        parameters -> WarmStart.declare(run, parameters, network::declare),
                        new FlowObjective(run, manager, network)))) {
      return loop.run().fitted(Map.of());
    }
  }

  @Override
  public Sampler open(StoredModel model) {
    return new FlowSampler(model);
  }
}
