package dev.graft.model.began;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.graft.data.json.Json;
import dev.graft.model.TrainingRun;
import dev.graft.model.adversarial.Generator;
import dev.graft.model.adversarial.ImageGame;
import dev.graft.model.began.Autoencoder.Errors;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Objective.Loss;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Scalars;
import dev.graft.model.nn.Tensor;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The game of a BEGAN: the autoencoder minimises L(x) - k L(G(z)), the generator L(G(z)); {@link
 * Equilibrium} sets k. To both comes, by a weight, the cross-entropy of the class as the
 * autoencoder reads it: of real images for the one, of drawn ones for the other (after Odena et al.
 * 2017, https://arxiv.org/abs/1610.09585).
 */
final class BeganGame extends ImageGame {
  private static final String STATE = "k";

  private final long seed;
  private final Autoencoder autoencoder;
  private final Equilibrium equilibrium;
  private final double classWeight;
  private double k;

  /** What the {@code training} section of a BEGAN has beside the common. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record BeganTraining(double gamma, double lambda, double classWeight) {}

  BeganGame(TrainingRun run, NDManager manager, Generator generator) {
    super(run, manager, generator);
    this.seed = run.seed();
    this.autoencoder =
        new Autoencoder(
            Autoencoder.Architecture.of(run.definition()),
            ImageShape.of(run.schema()),
            OneHot.length(run.schema()));
    BeganTraining training =
        Json.mapper().convertValue(run.definition().training(), BeganTraining.class);
    this.classWeight = training.classWeight();
    this.equilibrium = new Equilibrium(training.gamma(), training.lambda());
  }

  @Override
  public void declareCritic(ParameterSet parameters) {
    autoencoder.declare(parameters, seed);
  }

  @Override
  public Loss criticLoss(ParameterSet generator, ParameterSet weights, NDManager scope, long step) {
    Batch real = real(scope, step);
    Batch drawn = drawnForCritic(scope, generator, step);
    Errors ofReal = autoencoder.errors(weights, seen(real.images(), step, 0), real.oneHot());
    Errors ofDrawn = autoencoder.errors(weights, seen(drawn.images(), step, 1), drawn.oneHot());
    return new Loss(
        ofReal.pixels().sub(Scalars.times(ofDrawn.pixels(), k)).add(named(ofReal)),
        Map.of(Equilibrium.REAL, ofReal.pixels()));
  }

  @Override
  public Loss generatorLoss(
      ParameterSet generator, ParameterSet weights, NDManager scope, long step) {
    Batch drawn = drawnForGenerator(scope, generator, step);
    Errors errors = autoencoder.errors(weights, seen(drawn.images(), step, 2), drawn.oneHot());
    return new Loss(errors.pixels().add(named(errors)), Map.of(Equilibrium.DRAWN, errors.pixels()));
  }

  private NDArray named(Errors errors) {
    return Scalars.times(errors.naming(), classWeight);
  }

  @Override
  public Map<String, Double> updated(Map<String, Double> figures) {
    double ofReal = figures.get(Equilibrium.REAL);
    double ofDrawn = figures.get(Equilibrium.DRAWN);
    Map<String, Double> more = equilibrium.figures(k, ofReal, ofDrawn);
    // As a checkpoint holds it.
    k = (float) equilibrium.next(k, ofReal, ofDrawn);
    return more;
  }

  @Override
  public SortedMap<String, Tensor> state() {
    return new TreeMap<>(Map.of(STATE, Tensor.of(new float[] {(float) k}, 1)));
  }

  @Override
  public void restore(SortedMap<String, Tensor> state) {
    k = state.get(STATE).values()[0];
  }
}
