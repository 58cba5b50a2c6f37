package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
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

  /**
   * The loss as the mean of several that may be worked out at the same time, each for a part of the
   * batch. How many there are decides the last bits, the threads that work them out do not.
   */
  default List<Part> parts() {
    return List.of(this::loss);
  }

  /** Figures on the tune rows, such as {@code tune-loss}; the same whenever it is called. */
  Map<String, Double> evaluate(ParameterSet weights);

  /** Whether {@code figures} are strictly better than {@code best}, both from {@link #evaluate}. */
  boolean better(Map<String, Double> figures, Map<String, Double> best);

  /** The loss of a part of a batch; no other thread than that of the part calls it. */
  @FunctionalInterface
  interface Part {
    Loss loss(ParameterSet weights, NDManager scope, long step);
  }

  /**
   * @param total scalar to minimise
   * @param parts scalars to report, by figure name
   */
  record Loss(NDArray total, Map<String, NDArray> parts) {}
}
