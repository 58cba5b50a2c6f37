package dev.graft.model.adversarial;

import ai.djl.ndarray.NDManager;
import dev.graft.data.DatasetSchema;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.TuneFigure;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.SaferTraining;
import dev.graft.model.nn.Safetensors;
import dev.graft.model.nn.Tensor;
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

/** A family whose generator is trained against another network. */
public abstract class AdversarialFamily implements ModelFamily<Sampler> {
  /** The family's own losses. */
  protected abstract Game game(TrainingRun run, NDManager manager, Generator generator);

  /** Refuses images that the other network cannot take. */
  protected abstract void checkCritic(ModelDefinition definition, ImageShape shape);

  @Override
  public final Class<Sampler> modelType() {
    return Sampler.class;
  }

  @Override
  public final Set<String> controls() {
    return Set.of(GeneratorSampler.TRUNCATION);
  }

  @Override
  public final Set<GenerationMode.Kind> modes(ModelDefinition definition) {
    return EnumSet.allOf(GenerationMode.Kind.class);
  }

  @Override
  public final boolean scripted() {
    return true;
  }

  @Override
  public final List<TuneFigure> tuneFigures() {
    return List.of(
        new TuneFigure("tune-distance", true, Set.of()), TuneFigure.COVERAGE, TuneFigure.BINS);
  }

  @Override
  public final void check(ModelDefinition definition, DatasetSchema schema) {
    ImageShape shape = ImageShape.of(schema);
    GeneratorNetwork.Architecture.of(definition).check(shape);
    checkCritic(definition, shape);
    TrainingSettings.of(definition.training());
  }

  @Override
  public final FittedModel fit(TrainingRun run) throws IOException {
    ModelDefinition definition = run.definition();
    GeneratorNetwork.Architecture architecture = GeneratorNetwork.Architecture.of(definition);
    GeneratorNetwork network =
        new GeneratorNetwork(
            architecture, ImageShape.of(run.schema()), OneHot.length(run.schema()));
    Generator generator = new Generator(network, architecture.latent());
    try (NDManager manager = TorchEngine.newManager(definition.compute());
        TrainingLoop loop =
            new TrainingLoop(
                run,
                (stretch, settings, saved) ->
                    new AdversarialLearner(
                        manager,
                        settings,
                        AdversarialTraining.of(stretch.definition().training()),
                        saved,
                        game(stretch, manager, generator)),
                new Watched(this::safer, weights -> Optional.of(drawing(run, weights))))) {
      return loop.run().fitted(Map.of());
    }
  }

  /** The settings after a collapse. */
  protected ModelDefinition safer(ModelDefinition definition) {
    return SaferTraining.of(definition);
  }

  private Sampler drawing(TrainingRun run, SortedMap<String, Tensor> weights) {
    return open(StoredModel.inTraining(run, Safetensors.of(weights, Map.of()).encode()));
  }

  @Override
  public final Sampler open(StoredModel model) {
    return new GeneratorSampler(model, GeneratorNetwork.Architecture.of(model.card().definition()));
  }
}
