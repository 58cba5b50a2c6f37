package dev.graft.model.adversarial;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.model.TrainingRun;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Objective.Loss;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Tensor;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A game whose critic is a {@link CriticNetwork}, with the gradient by its input. Where the critic
 * is spectrally normalised, losses see the normalised weights.
 */
public abstract class CriticGame extends ImageGame {
  private final long seed;
  private final NDManager manager;
  private final CriticNetwork critic;
  private final InputGradient gradient;
  private final SpectralNorm spectral;

  protected CriticGame(TrainingRun run, NDManager manager, Generator generator) {
    super(run, manager, generator);
    this.seed = run.seed();
    this.manager = manager;
    CriticNetwork.Architecture architecture = CriticNetwork.Architecture.of(run.definition());
    this.critic =
        new CriticNetwork(architecture, ImageShape.of(run.schema()), OneHot.length(run.schema()));
    this.gradient = new InputGradient(critic);
    this.spectral = architecture.spectral() ? new SpectralNorm() : null;
  }

  @Override
  public final void declareCritic(ParameterSet parameters) {
    critic.declare(parameters, seed);
    if (spectral != null) {
      spectral.start(parameters, seed);
    }
  }

  /** What the critic minimises, by the weights it is used with. */
  protected abstract Loss ofCritic(
      ParameterSet generator, ParameterSet critic, NDManager scope, long step);

  /** What the generator minimises. */
  protected abstract Loss ofGenerator(
      ParameterSet generator, ParameterSet critic, NDManager scope, long step);

  @Override
  public final Loss criticLoss(
      ParameterSet generator, ParameterSet weights, NDManager scope, long step) {
    if (spectral != null) {
      spectral.iterate(weights, manager);
    }
    return ofCritic(generator, used(weights, scope), scope, step);
  }

  @Override
  public final Loss generatorLoss(
      ParameterSet generator, ParameterSet weights, NDManager scope, long step) {
    return ofGenerator(generator, used(weights, scope), scope, step);
  }

  private ParameterSet used(ParameterSet weights, NDManager scope) {
    return spectral == null ? weights : spectral.apply(weights, scope);
  }

  @Override
  public final SortedMap<String, Tensor> state() {
    return spectral == null ? new TreeMap<>() : spectral.state();
  }

  @Override
  public final void restore(SortedMap<String, Tensor> state) {
    if (spectral != null) {
      spectral.restore(state);
    }
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
