package dev.graft.model.adversarial;

import ai.djl.ndarray.NDManager;
import dev.graft.model.nn.Objective.Loss;
import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a generator and a critic are trained for, and how the result is judged. They are updated in
 * turn, each by a loss of its own, given the other; the critic may be given a time by itself first.
 */
public interface Game extends AutoCloseable {
  /** Declares the generator's parameters with their initial values. */
  void declareGenerator(ParameterSet parameters);

  /** Declares the critic's. */
  void declareCritic(ParameterSet parameters);

  /** Updates of the critic before each one of the generator. */
  int criticSteps();

  /** Steps at the start in which the critic learns by itself. */
  default long aloneSteps() {
    return 0;
  }

  /**
   * What the critic minimises while it learns by itself.
   *
   * @param step from 0, counting the critic's own updates
   */
  default Loss aloneLoss(ParameterSet critic, NDManager scope, long step) {
    throw new IllegalStateException("this critic never learns by itself");
  }

  /**
   * What the generator starts from after the critic has learnt by itself.
   *
   * @param generator has the parameters that are asked for
   * @return by name
   */
  default Map<String, Tensor> handedOver(ParameterSet generator, ParameterSet critic) {
    return Map.of();
  }

  /**
   * What the critic minimises; the generator's arrays get no gradient.
   *
   * @param step from 0, counting the critic's own updates
   */
  Loss criticLoss(ParameterSet generator, ParameterSet critic, NDManager scope, long step);

  /**
   * What the generator minimises.
   *
   * @param step from 0
   */
  Loss generatorLoss(ParameterSet generator, ParameterSet critic, NDManager scope, long step);

  /**
   * Told the figures of a step after it.
   *
   * @return further figures
   */
  default Map<String, Double> updated(Map<String, Double> figures) {
    return Map.of();
  }

  /**
   * How surely the critic is right, {@link dev.graft.model.nn.Learner#saturation}.
   *
   * @param means of the figures of the steps since the last evaluation
   */
  default OptionalDouble saturation(Map<String, Double> means) {
    return OptionalDouble.empty();
  }

  /** What the game itself goes on from, beside weights. */
  default SortedMap<String, Tensor> state() {
    return new TreeMap<>();
  }

  /** Goes on from {@link #state}. */
  default void restore(SortedMap<String, Tensor> state) {}

  /** Figures of a generator on tune rows; the same whenever it is called. */
  Map<String, Double> evaluate(ParameterSet generator);

  /** Whether {@code figures} are strictly better than {@code best}, both from {@link #evaluate}. */
  boolean better(Map<String, Double> figures, Map<String, Double> best);

  @Override
  default void close() {}
}
