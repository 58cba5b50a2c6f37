package dev.graft.model.flow;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.model.nn.ParameterSet;

/**
 * Carries images along the velocities of a network from one time to another in steps of equal
 * length, by the two-step method of Adams and Bashforth (after a first one of Euler), which asks
 * the network once a step:
 *
 * <pre>x_(n+1) = x_n + h (3/2 v_n - 1/2 v_(n-1))</pre>
 */
final class FlowSolver {
  private final FlowNetwork network;
  private final ParameterSet weights;
  private final int classes;

  /**
   * @param classes that the network knows, without the one that stands for none
   */
  FlowSolver(FlowNetwork network, ParameterSet weights, int classes) {
    this.network = network;
    this.weights = weights;
    this.classes = classes;
  }

  /**
   * How to solve.
   *
   * @param steps at least 1
   * @param guidance 1 takes the velocity v(class) as it is; others take v(none) + guidance
   *     (v(class) - v(none)), at twice the cost
   * @param shares of the classes of each image, (B, classes)
   */
  record Task(int steps, double guidance, float[] shares) {}

  /**
   * @param scope holds {@code from} and the result
   * @param from (B, C, H, W)
   * @param begin time of {@code from}, 0 for noise, 1 for images
   * @param end time of the result, which may be the earlier one
   * @return (B, C, H, W)
   */
  NDArray carry(NDManager scope, NDArray from, double begin, double end, Task task) {
    int steps = task.steps();
    NDArray x = from;
    NDArray length = scope.create((float) ((end - begin) / steps));
    NDArray now = scope.create(1.5f);
    NDArray before = scope.create(-0.5f);
    NDArray guide = scope.create((float) task.guidance());
    NDArray last = null;
    for (int step = 0; step < steps; step++) {
      double time = begin + (end - begin) * step / steps;
      try (NDManager inner = scope.newSubManager()) {
        x.attach(inner);
        NDArray velocity = network.apply(weights, x, told(inner, time, task.shares()));
        if (task.guidance() != 1) {
          NDArray free = network.apply(weights, x, toldNone(inner, time, task.shares()));
          velocity = free.add(velocity.sub(free).mul(guide));
        }
        NDArray ahead = last == null ? velocity : velocity.mul(now).add(last.mul(before));
        x = x.add(ahead.mul(length));
        x.attach(scope);
        if (last != null) {
          last.attach(inner);
        }
        velocity.attach(scope);
        last = velocity;
      }
    }
    return x;
  }

  /** Time features beside the classes and none of them. */
  private NDArray told(NDManager scope, double time, float[] shares) {
    int rows = shares.length / classes;
    int width = FlowNetwork.TIME_FEATURES + classes + 1;
    float[] told = new float[rows * width];
    for (int row = 0; row < rows; row++) {
      FlowNetwork.timeFeatures(time, told, row * width);
      System.arraycopy(
          shares, row * classes, told, row * width + FlowNetwork.TIME_FEATURES, classes);
    }
    return scope.create(told, new Shape(rows, width));
  }

  private NDArray toldNone(NDManager scope, double time, float[] shares) {
    int rows = shares.length / classes;
    int width = FlowNetwork.TIME_FEATURES + classes + 1;
    float[] told = new float[rows * width];
    for (int row = 0; row < rows; row++) {
      FlowNetwork.timeFeatures(time, told, row * width);
      told[(row + 1) * width - 1] = 1;
    }
    return scope.create(told, new Shape(rows, width));
  }
}
