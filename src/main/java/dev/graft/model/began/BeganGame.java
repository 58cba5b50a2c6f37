package dev.graft.model.began;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.graft.model.TrainingRun;
import dev.graft.model.adversarial.Generator;
import dev.graft.model.adversarial.GeneratorNetwork;
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
 *
 * <p>The autoencoder may learn of real images alone first; the generator then starts as its second
 * half (after BAGAN, Mariani et al. 2018, https://arxiv.org/abs/1803.09655), with {@link
 * CodeSpread} between noise and codes.
 */
final class BeganGame extends ImageGame {
  private static final String STATE = "k";
  private static final int SPREAD_ROWS = 10_000;

  private final long seed;
  private final NDManager manager;
  private final int codeLength;
  private final Autoencoder autoencoder;
  private final Equilibrium equilibrium;
  private final double classWeight;
  private final long aloneSteps;
  private double k;

  BeganGame(TrainingRun run, NDManager manager, Generator generator) {
    super(run, manager, generator);
    this.seed = run.seed();
    this.manager = manager;
    Autoencoder.Architecture architecture = Autoencoder.Architecture.of(run.definition());
    this.codeLength = architecture.code();
    this.autoencoder =
        new Autoencoder(architecture, ImageShape.of(run.schema()), OneHot.length(run.schema()));
    BeganTraining training = BeganTraining.of(run.definition());
    this.aloneSteps = training.autoencoderSteps();
    this.classWeight = training.classWeight();
    this.equilibrium = new Equilibrium(training.gamma(), training.lambda());
  }

  @Override
  public void declareCritic(ParameterSet parameters) {
    autoencoder.declare(parameters, seed);
  }

  @Override
  public long aloneSteps() {
    return aloneSteps;
  }

  @Override
  public SortedMap<String, Tensor> handedOver(ParameterSet generator, ParameterSet weights) {
    SortedMap<String, Tensor> start = weights.export();
    start.keySet().retainAll(generator.arrays().keySet());
    CodeSpread spread = spread(weights);
    start.computeIfPresent(GeneratorNetwork.NOISE_WEIGHT, (name, weight) -> spread.before(weight));
    return start;
  }

  /** Of the codes of training rows. */
  private CodeSpread spread(ParameterSet weights) {
    CodeSpread.Sums sums = new CodeSpread.Sums(codeLength, classes());
    for (long step = 0; sums.rows() < SPREAD_ROWS && step < stepsPerEpoch(); step++) {
      try (NDManager scope = manager.newSubManager()) {
        Batch real = real(scope, step);
        sums.add(
            autoencoder.codes(weights, real.images()).toFloatArray(), real.oneHot().toFloatArray());
      }
    }
    return sums.spread();
  }

  @Override
  public Loss aloneLoss(ParameterSet weights, NDManager scope, long step) {
    Errors ofReal = ofReal(weights, scope, step);
    return new Loss(ofReal.pixels().add(named(ofReal)), Map.of(Equilibrium.REAL, ofReal.pixels()));
  }

  private Errors ofReal(ParameterSet weights, NDManager scope, long step) {
    Batch real = real(scope, step);
    return autoencoder.errors(weights, seen(real.images(), step, 0), real.oneHot());
  }

  @Override
  public Loss criticLoss(ParameterSet generator, ParameterSet weights, NDManager scope, long step) {
    Errors ofReal = ofReal(weights, scope, step);
    Batch drawn = drawnForCritic(scope, generator, step);
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
