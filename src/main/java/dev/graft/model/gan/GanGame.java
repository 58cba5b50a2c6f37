package dev.graft.model.gan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.graft.model.TrainingRun;
import dev.graft.model.adversarial.CriticGame;
import dev.graft.model.adversarial.Generator;
import dev.graft.model.nn.Objective.Loss;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Scalars;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The non-saturating game (Goodfellow et al. 2014, https://arxiv.org/abs/1406.2661): the critic D
 * minimises softplus(-D(x)) + softplus(D(G(z))), the generator softplus(-D(G(z))). With R1
 * (Mescheder et al. 2018, https://arxiv.org/abs/1801.04406) the critic also minimises gamma / 2
 * |grad D(x)|^2 at real images, every {@code r1-every} steps and by as much more.
 */
final class GanGame extends CriticGame {
  private static final String REAL = "train-real";
  private static final String DRAWN = "train-drawn";

  private final GanTraining training;

  GanGame(TrainingRun run, NDManager manager, Generator generator) {
    super(run, manager, generator);
    this.training = GanTraining.of(run.definition().training());
  }

  @Override
  protected Loss ofCritic(
      ParameterSet generator, ParameterSet weights, NDManager scope, long step) {
    Batch real = real(scope, step);
    Batch drawn = drawnForCritic(scope, generator, step);
    NDArray ofReal = judge(weights, seen(real.images(), step, 0), real.oneHot());
    NDArray ofDrawn = judge(weights, seen(drawn.images(), step, 1), drawn.oneHot());
    NDArray loss =
        JniUtils.softPlus((PtNDArray) ofReal.neg())
            .mean()
            .add(JniUtils.softPlus((PtNDArray) ofDrawn).mean());
    Map<String, NDArray> parts = Map.of(REAL, ofReal.mean(), DRAWN, ofDrawn.mean());
    if (training.r1() == 0 || step % training.r1Every() != 0) {
      return new Loss(loss, parts);
    }
    NDArray squares = slopes(weights, real.images(), real.oneHot());
    double factor = training.r1() / 2 * training.r1Every();
    return new Loss(loss.add(Scalars.times(squares.mean(), factor)), parts);
  }

  @Override
  protected Loss ofGenerator(
      ParameterSet generator, ParameterSet weights, NDManager scope, long step) {
    Batch drawn = drawnForGenerator(scope, generator, step);
    NDArray answers = judge(weights, seen(drawn.images(), step, 2), drawn.oneHot());
    return new Loss(JniUtils.softPlus((PtNDArray) answers.neg()).mean(), Map.of());
  }

  /** The lesser probability of the right answer, at the mean answers. */
  @Override
  public OptionalDouble saturation(Map<String, Double> means) {
    double least = Math.min(means.get(REAL), -means.get(DRAWN));
    return OptionalDouble.of(1 / (1 + StrictMath.exp(-least)));
  }
}
