package dev.graft.model.adversarial;

import ai.djl.ndarray.NDManager;
import dev.graft.data.DatasetSchema;
import dev.graft.data.json.Json;
import dev.graft.model.FittedModel;
import dev.graft.model.ModelDefinition;
import dev.graft.model.ModelFamily;
import dev.graft.model.Sampler;
import dev.graft.model.StoredModel;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.TorchEngine;
import dev.graft.model.nn.TrainingLoop;
import dev.graft.model.nn.TrainingSettings;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/** A family whose generator is trained against a {@link CriticNetwork}. */
public abstract class AdversarialFamily implements ModelFamily<Sampler> {
  /** The {@code architecture} section. */
  private record Architecture(
      GeneratorNetwork.Architecture generator, CriticNetwork.Architecture critic) {

    static Architecture of(ModelDefinition definition) {
      return Json.mapper().convertValue(definition.architecture(), Architecture.class);
    }
  }

  /**
   * The two networks of a training.
   *
   * @param latent length of the generator's noise
   * @param gradient of the critic by its input
   */
  public record Networks(
      GeneratorNetwork generator, int latent, CriticNetwork critic, InputGradient gradient) {}

  /** The family's own losses. */
  protected abstract Game game(TrainingRun run, NDManager manager, Networks networks);

  @Override
  public final Class<Sampler> modelType() {
    return Sampler.class;
  }

  @Override
  public final Set<String> controls() {
    return Set.of(GeneratorSampler.TRUNCATION);
  }

  @Override
  public void check(ModelDefinition definition, DatasetSchema schema) {
    Architecture architecture = Architecture.of(definition);
    architecture.generator().check(ImageShape.of(schema));
    architecture.critic().check(ImageShape.of(schema));
    TrainingSettings.of(definition.training());
  }

  @Override
  public final FittedModel fit(TrainingRun run) throws IOException {
    ModelDefinition definition = run.definition();
    Architecture architecture = Architecture.of(definition);
    ImageShape shape = ImageShape.of(run.schema());
    int classes = OneHot.length(run.schema());
    CriticNetwork critic = new CriticNetwork(architecture.critic(), shape, classes);
    GeneratorNetwork generator = new GeneratorNetwork(architecture.generator(), shape, classes);
    try (NDManager manager = TorchEngine.newManager(definition.compute());
        InputGradient gradient = new InputGradient(critic)) {
      Game game =
          game(
              run,
              manager,
              new Networks(generator, architecture.generator().latent(), critic, gradient));
      return train(run, manager, game);
    }
  }

  private static FittedModel train(TrainingRun run, NDManager manager, Game game)
      throws IOException {
    TrainingSettings settings = TrainingSettings.of(run.definition().training());
    AdversarialTraining playing = AdversarialTraining.of(run.definition().training());
    try (TrainingLoop loop =
        new TrainingLoop(
            run.task(),
            settings,
            run.checkpoints(),
            saved -> new AdversarialLearner(manager, settings, playing, saved, game))) {
      return loop.run().fitted(Map.of());
    }
  }

  @Override
  public final Sampler open(StoredModel model) {
    return new GeneratorSampler(model, Architecture.of(model.card().definition()).generator());
  }
}
