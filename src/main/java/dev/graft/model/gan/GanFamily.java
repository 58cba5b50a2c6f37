package dev.graft.model.gan;

import ai.djl.ndarray.NDManager;
import dev.graft.model.TrainingRun;
import dev.graft.model.adversarial.AdversarialFamily;
import dev.graft.model.adversarial.Game;

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
  protected Game game(TrainingRun run, NDManager manager, Networks networks) {
    return new GanGame(run, manager, networks);
  }
}
