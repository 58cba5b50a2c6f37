package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Map;

/**
 * An exponential moving average of weights: average += (1 - decay) (weights - average) after each
 * step. Early on the decay is (1 + step) / (10 + step) where that is less, so that the start is
 * forgotten.
 */
public final class Ema {
  private final NDManager manager;
  private final double decay;
  private final ParameterSet average;

  /**
   * @param start the average's first content
   * @param decay in [0, 1)
   */
  public Ema(NDManager manager, Map<String, Tensor> start, double decay) {
    this.manager = manager;
    this.decay = decay;
    this.average = ParameterSet.of(manager, start);
  }

  /** The averaged weights; frozen. */
  public ParameterSet average() {
    return average;
  }

  /**
   * Takes in the weights after {@code step}.
   *
   * @param step from 1
   */
  public void update(ParameterSet weights, long step) {
    double rate = 1 - Math.min(decay, (1.0 + step) / (10.0 + step));
    try (GradMode off = GradMode.off();
        NDManager scope = manager.newSubManager()) {
      PtNDArray weight = (PtNDArray) scope.create((float) rate);
      average
          .arrays()
          .forEach(
              (name, array) -> {
                NDArray change = JniUtils.sub(weights.get(name), array);
                change.attach(scope);
                change.muli(weight);
                array.addi(change);
              });
    }
  }
}
