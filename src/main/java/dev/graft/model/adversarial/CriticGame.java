package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.ParameterSet;

/** A game whose critic is a {@link CriticNetwork}, with the gradient by its input. */
public abstract class CriticGame extends ImageGame {
  private final long seed;
  private final CriticNetwork critic;
  private final InputGradient gradient;

  protected CriticGame(TrainingRun run, NDManager manager, Generator generator) {
    super(run, manager, generator);
    this.seed = run.seed();
    this.critic =
        new CriticNetwork(
            CriticNetwork.Architecture.of(run.definition()),
            ImageShape.of(run.schema()),
            OneHot.length(run.schema()));
    this.gradient = new InputGradient(critic);
  }

  @Override
  public final void declareCritic(ParameterSet parameters) {
    critic.declare(parameters, seed);
  }

  /** The critic's answers, (B, 1). */
  protected final NDArray judge(ParameterSet weights, NDArray images, NDArray oneHot) {
    return critic.apply(weights, images, oneHot);
  }

  /** Squared lengths of the answers' gradients by the images, (B). */
  protected final NDArray slopes(ParameterSet weights, NDArray images, NDArray oneHot) {
    return gradient.squaredNorms(weights, images, oneHot);
  }

  @Override
  public void close() {
    gradient.close();
  }
}
