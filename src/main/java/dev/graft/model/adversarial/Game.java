package dev.graft.model.adversarial;

import dev.graft.model.nn.ParameterSet;
import dev.graft.model.nn.Tensor;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a generator and a critic are trained for, and how the result is judged: an {@link
 * AlternatingGame} updates them in turn, a {@link SimultaneousGame} both at once.
 */
public sealed interface Game extends AutoCloseable permits AlternatingGame, SimultaneousGame {
  /** Declares the generator's parameters with their initial values. */
  void declareGenerator(ParameterSet parameters);

  /** Declares the critic's. */
  void declareCritic(ParameterSet parameters);

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
