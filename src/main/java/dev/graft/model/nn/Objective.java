package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Map;

/** What a {@link TrainingLoop} minimises, and how its result is judged. */
public interface Objective {
  /**
   * The loss of one training batch, recorded for gradients.
   *
   * @param scope holds every array of the step
   * @param step from 0; with the seed it decides rows and noise
   */
  Loss loss(ParameterSet weights, NDManager scope, long step);

  /** Figures on the tune rows, such as {@code tune-loss}; the same whenever it is called. */
  Map<String, Double> evaluate(ParameterSet weights);

  /** Whether {@code figures} are strictly better than {@code best}, both from {@link #evaluate}. */
  boolean better(Map<String, Double> figures, Map<String, Double> best);

  /**
   * @param total scalar to minimise
   * @param parts scalars to report, by figure name
   */
  record Loss(NDArray total, Map<String, NDArray> parts) {}
}
