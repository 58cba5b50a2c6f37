package dev.graft.model.wgan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.data.CounterRandom;
import dev.graft.model.TrainingRun;
import dev.graft.model.adversarial.CriticGame;
import dev.graft.model.adversarial.Generator;
import dev.graft.model.nn.GradMode;
import dev.graft.model.nn.Objective.Loss;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Scalars;
import java.util.Map;

/**
 * The Wasserstein game with gradient penalty (Gulrajani et al. 2017,
 * https://arxiv.org/abs/1704.00028): the critic D minimises D(G(z)) - D(x) + lambda (|grad D(u)| -
 * 1)^2 with u anywhere on the line between x and G(z), the generator -D(G(z)).
 */
final class WganGame extends CriticGame {
  private static final long PLACES = 0x706c616365L;
  private static final double LEAST_SQUARE = 1e-12;

  private final TrainingRun run;
  private final WganTraining training;

  WganGame(TrainingRun run, NDManager manager, Generator generator) {
    super(run, manager, generator);
    this.run = run;
    this.training = WganTraining.of(run.definition().training());
  }

  @Override
  protected Loss ofCritic(
      ParameterSet generator, ParameterSet weights, NDManager scope, long step) {
    Batch real = real(scope, step);
    Batch drawn = drawnForCritic(scope, generator, step);
    NDArray x = seen(real.images(), step, 0);
    NDArray made = seen(drawn.images(), step, 1);
    NDArray ofReal = judge(weights, x, real.oneHot()).mean();
    NDArray ofDrawn = judge(weights, made, drawn.oneHot()).mean();
    NDArray penalty = penalty(weights, between(x, made, step), real.oneHot());
    return new Loss(
        ofDrawn.sub(ofReal).add(Scalars.times(penalty, training.penalty())),
        Map.of("train-distance", ofReal.sub(ofDrawn), "train-penalty", penalty));
  }

  /** A place on the line from each drawn image to a real one. */
  private NDArray between(NDArray real, NDArray drawn, long step) {
    int rows = (int) real.getShape().get(0);
    CounterRandom random = CounterRandom.of(run.seed(), PLACES, step);
    float[] shares = new float[rows];
    for (int i = 0; i < rows; i++) {
      shares[i] = (float) random.uniform(i);
    }
    try (GradMode off = GradMode.off()) {
      NDArray share = real.getManager().create(shares, new Shape(rows, 1, 1, 1));
      return drawn.add(real.sub(drawn).mul(share));
    }
  }

  /** Mean of (|grad D(u)| - 1)^2. */
  private NDArray penalty(ParameterSet weights, NDArray places, NDArray oneHot) {
    NDArray squares = slopes(weights, places, oneHot);
    NDArray excess = Scalars.plus(Scalars.plus(squares, LEAST_SQUARE).sqrt(), -1);
    return excess.mul(excess).mean();
  }

  @Override
  protected Loss ofGenerator(
      ParameterSet generator, ParameterSet weights, NDManager scope, long step) {
    Batch drawn = drawnForGenerator(scope, generator, step);
    NDArray answers = judge(weights, seen(drawn.images(), step, 2), drawn.oneHot());
    return new Loss(answers.mean().neg(), Map.of());
  }
}
