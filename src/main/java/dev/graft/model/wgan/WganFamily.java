package dev.graft.model.wgan;

import ai.djl.ndarray.NDManager;
import dev.graft.model.ModelDefinition;
import dev.graft.model.TrainingRun;
import dev.graft.model.adversarial.AdversarialFamily;
import dev.graft.model.adversarial.CriticNetwork;
import dev.graft.model.adversarial.Game;
import dev.graft.model.adversarial.Generator;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.SaferTraining;

/**
 * Wasserstein generative adversarial networks of images with gradient penalty (Gulrajani et al.
 * 2017, https://arxiv.org/abs/1704.00028).
 */
public final class WganFamily extends AdversarialFamily {
  @Override
  public String name() {
    return "wgan-gp";
  }

  @Override
  public String description() {
    return "Wasserstein generative adversarial network of images with gradient penalty";
  }

  @Override
  protected Game game(TrainingRun run, NDManager manager, Generator generator) {
    return new WganGame(run, manager, generator);
  }

  @Override
  protected void checkCritic(ModelDefinition definition, ImageShape shape) {
    CriticNetwork.Architecture.of(definition).check(shape);
  }

  /** One more step of the critic, whose distance is then nearer to the true one. */
  @Override
  protected ModelDefinition safer(ModelDefinition definition) {
    return SaferTraining.of(
        definition,
        training -> training.put("critic-steps", training.get("critic-steps").intValue() + 1));
  }
}
