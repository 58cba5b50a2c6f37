package dev.graft.model.nn;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * What a {@link TrainingLoop} trains: weights with their optimizers. All that its further steps
 * depend on is in {@link #state}.
 */
public interface Learner extends AutoCloseable {
  /**
   * One update of the weights.
   *
   * @param step from 0; with the seed it decides rows and noise
   * @return figures of the step by name, {@code train-loss} among them
   */
  Map<String, Double> update(long step);

  /** Figures of the weights as they are, on tune rows; the same whenever it is called. */
  Map<String, Double> evaluate();

  /** Whether {@code figures} are strictly better than {@code best}, both from {@link #evaluate}. */
  boolean better(Map<String, Double> figures, Map<String, Double> best);

  /** The weights that inference needs, as they were evaluated. */
  SortedMap<String, Tensor> result();

  /** All that the rest of the training depends on. */
  SortedMap<String, Tensor> state();

  /** What a restart goes on from: {@link #state} without what the optimizers have gathered. */
  default SortedMap<String, Tensor> footing() {
    return state();
  }

  /**
   * How surely a critic tells real from drawn rows, in [0, 1]: 1 is never wrong; empty where there
   * is none, or where that would be no fault.
   *
   * @param means of the figures of {@link #update} since the last evaluation
   */
  default OptionalDouble saturation(Map<String, Double> means) {
    return OptionalDouble.empty();
  }

  @Override
  void close();
}
