package dev.graft.model.nn;

import java.util.Map;
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

  @Override
  void close();
}
