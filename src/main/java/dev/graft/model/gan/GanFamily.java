package dev.graft.model.gan;

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
 * Generative adversarial networks of images (Goodfellow et al. 2014,
 * https://arxiv.org/abs/1406.2661) with the non-saturating loss and, where asked for, R1.
 */
public final class GanFamily extends AdversarialFamily {
  @Override
  public String name() {
    return "gan";
  }

  @Override
  public String description() {
    return "generative adversarial network of images, non-saturating, with R1";
  }

  @Override
  protected Game game(TrainingRun run, NDManager manager, Generator generator) {
    return new GanGame(run, manager, generator);
  }

  @Override
  protected void checkCritic(ModelDefinition definition, ImageShape shape) {
    CriticNetwork.Architecture.of(definition).check(shape);
  }

  /** Twice the gradient penalty, or one at all, steadies the critic (Mescheder et al. 2018). */
  @Override
  protected ModelDefinition safer(ModelDefinition definition) {
    return SaferTraining.of(
        definition,
        training -> training.put("r1", Math.max(1, 2 * training.get("r1").doubleValue())));
  }
}
