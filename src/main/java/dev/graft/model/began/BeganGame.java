package dev.graft.model.began;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.graft.data.json.Json;
import dev.graft.model.TrainingRun;
import dev.graft.model.adversarial.Generator;
import dev.graft.model.adversarial.ImageGame;
import dev.graft.model.adversarial.SimultaneousGame;
import dev.graft.model.nn.ImageShape;
import dev.graft.model.nn.Objective.Loss;
import dev.graft.model.nn.OneHot;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Tensor;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The game of a BEGAN: the autoencoder minimises L(x) - k L(G(z)), the generator L(G(z)), both from
 * the same drawn images; {@link Equilibrium} sets k. L is the {@link Autoencoder}'s error.
 */
final class BeganGame extends ImageGame implements SimultaneousGame {
  private static final String STATE = "k";

  private final long seed;
  private final Autoencoder autoencoder;
  private final Equilibrium equilibrium;
  private double k;

  /** What the {@code training} section of a BEGAN has beside the common. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record BeganTraining(double gamma, double lambda) {}

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
    this.equilibrium = new Equilibrium(training.gamma(), training.lambda());
  }

  @Override
  public void declareCritic(ParameterSet parameters) {
    autoencoder.declare(parameters, seed);
  }

  @Override
  public Loss loss(ParameterSet generator, ParameterSet weights, NDManager scope, long step) {
    Batch real = real(scope, step);
    Batch drawn = drawnForCritic(scope, generator, step);
    NDArray ofReal = autoencoder.error(weights, seen(real.images(), step, 0), real.oneHot());
    NDArray ofDrawn =
        autoencoder.error(scaled(weights, scope), seen(drawn.images(), step, 1), drawn.oneHot());
    return new Loss(
        ofReal.add(ofDrawn), Map.of(Equilibrium.REAL, ofReal, Equilibrium.DRAWN, ofDrawn));
  }

  /** The same values; gradients come to the given weights multiplied by -k. */
  private ParameterSet scaled(ParameterSet weights, NDManager scope) {
    NDArray factor = scope.create((float) -k);
    Map<String, PtNDArray> scaled = new HashMap<>();
    weights
        .arrays()
        .forEach(
            (name, weight) -> {
              NDArray value = weight.stopGradient();
              value.attach(scope);
              NDArray nothing = weight.sub(value);
              nothing.attach(scope);
              scaled.put(name, (PtNDArray) value.add(nothing.mul(factor)));
            });
    return weights.with(scaled);
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
