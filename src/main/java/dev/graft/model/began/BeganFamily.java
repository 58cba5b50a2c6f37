package dev.graft.model.began;

import ai.djl.ndarray.NDManager;
import dev.graft.data.GraftException;
import dev.graft.model.ModelDefinition;
import dev.graft.model.TrainingRun;
import dev.graft.model.adversarial.AdversarialFamily;
import dev.graft.model.adversarial.Game;
import dev.graft.model.adversarial.Generator;
import dev.graft.model.adversarial.GeneratorNetwork;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.SaferTraining;
import dev.graft.model.nn.TrainingSettings;

/**
 * Boundary equilibrium generative adversarial networks of images (Berthelot, Schumm &amp; Metz
 * 2017, https://arxiv.org/abs/1703.10717): the other network is an autoencoder, and a controller
 * balances how well it knows real and drawn images.
 */
public final class BeganFamily extends AdversarialFamily {
  @Override
  public String name() {
    return "began";
  }

  @Override
  public String description() {
    return "boundary equilibrium generative adversarial network of images";
  }

  @Override
  protected Game game(TrainingRun run, NDManager manager, Generator generator) {
    return new BeganGame(run, manager, generator);
  }

  @Override
  protected void checkCritic(ModelDefinition definition, ImageShape shape) {
    Autoencoder.Architecture autoencoder = Autoencoder.Architecture.of(definition);
    autoencoder.check(shape);
    BeganTraining training = BeganTraining.of(definition);
    training.check(TrainingSettings.of(definition.training()));
    GeneratorNetwork.Architecture generator = GeneratorNetwork.Architecture.of(definition);
    if (training.autoencoderSteps() > 0 && !generator.equals(autoencoder.back())) {
      throw GraftException.usage(
          "training.autoencoder-steps is %d, so that the generator starts as the second half of the"
              + " autoencoder, but they differ: %s and %s; make architecture.generator's latent and"
              + " channels those of architecture.critic's code and decoder, and the activation the"
              + " same, or set training.autoencoder-steps to 0",
          training.autoencoderSteps(), generator, autoencoder.back());
    }
  }

  /** A gamma half way to 1, where the balance asks for variety. */
  @Override
  protected ModelDefinition safer(ModelDefinition definition) {
    return SaferTraining.of(
        definition,
        training -> training.put("gamma", (1 + training.get("gamma").doubleValue()) / 2));
  }
}
