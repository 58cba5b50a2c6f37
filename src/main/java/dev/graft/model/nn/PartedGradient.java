package dev.graft.model.nn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The gradient of a loss that comes in parts, each on a thread of its own. Every part but the first
 * has its own leaves over the same weights; their gradients are added in the order of the parts, so
 * that the sum has the same bits however the threads run.
 */
final class PartedGradient implements AutoCloseable {
  private final NDManager manager;
  private final ParameterSet weights;
  private final List<Objective.Part> parts;
  private final List<ParameterSet> leaves = new ArrayList<>();
  private final NDArray share;
  private final ExecutorService others;

  /**
   * @param weights that gradients are recorded for
   */
  PartedGradient(NDManager manager, ParameterSet weights, List<Objective.Part> parts) {
    this.manager = manager;
    this.weights = weights;
    this.parts = parts;
    this.share = manager.create(1f / parts.size());
    leaves.add(weights);
    for (int i = 1; i < parts.size(); i++) {
      leaves.add(sameValues());
    }
    others =
        parts.size() == 1
            ? null
            : Executors.newFixedThreadPool(
                parts.size() - 1,
                task -> {
                  Thread thread = new Thread(task, "part-of-batch");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  /** Leaves that share the memory of the weights. */
  private ParameterSet sameValues() {
    Map<String, PtNDArray> same = new HashMap<>();
    weights
        .arrays()
        .forEach(
            (name, weight) -> {
              PtNDArray leaf = (PtNDArray) weight.stopGradient();
              leaf.attach(manager);
              leaf.setRequiresGradient(true);
              same.put(name, leaf);
            });
    return weights.with(same);
  }

  /**
   * Leaves the gradient at the weights.
   *
   * @return the loss and what else the objective reports, means over the parts
   */
  Map<String, Double> backward(long step) {
    List<NDManager> scopes = new ArrayList<>();
    try {
      List<Future<Map<String, Double>>> running = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        scopes.add(manager.newSubManager());
      }
      for (int i = 1; i < parts.size(); i++) {
        int part = i;
        running.add(others.submit(() -> backward(part, scopes.get(part), step)));
      }
      Map<String, Double> figures = new TreeMap<>();
      RuntimeException failure = null;
      try {
        add(figures, backward(0, scopes.get(0), step));
      } catch (RuntimeException e) {
        failure = e;
      }
      for (int i = 1; i < parts.size(); i++) {
        try {
          add(figures, result(running.get(i - 1)));
          addGradient(leaves.get(i), scopes.get(i));
        } catch (RuntimeException e) {
          failure = failure == null ? e : failure;
        }
      }
      if (failure != null) {
        throw failure;
      }
      return figures;
    } finally {
      scopes.forEach(NDManager::close);
    }
  }

  private Map<String, Double> backward(int part, NDManager scope, long step) {
    try (GradMode on = GradMode.on()) {
      Objective.Loss loss = parts.get(part).loss(leaves.get(part), scope, step);
      JniUtils.backward((PtNDArray) loss.total(), (PtNDArray) share, false, false);
      Map<String, Double> figures = new TreeMap<>();
      figures.put("train-loss", (double) loss.total().getFloat());
      loss.parts().forEach((name, figure) -> figures.put(name, (double) figure.getFloat()));
      return figures;
    }
  }

  private void add(Map<String, Double> sums, Map<String, Double> figures) {
    figures.forEach((name, figure) -> sums.merge(name, figure / parts.size(), Double::sum));
  }

  private void addGradient(ParameterSet part, NDManager scope) {
    try (GradMode off = GradMode.off()) {
      part.arrays()
          .forEach(
              (name, leaf) -> {
                PtNDArray gradient = JniUtils.getGradient(leaf);
                if (gradient != null) {
                  gradient.attach(scope);
                  PtNDArray sum = JniUtils.getGradient(weights.get(name));
                  sum.attach(scope);
                  sum.addi(gradient);
                  JniUtils.zeroGrad(leaf);
                }
              });
    }
  }

  private static Map<String, Double> result(Future<Map<String, Double>> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a part of a batch failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a batch was worked out", e);
    }
  }

  @Override
  public void close() {
    if (others != null) {
      others.shutdownNow();
    }
  }
}
