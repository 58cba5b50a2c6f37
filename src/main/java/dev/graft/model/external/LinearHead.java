package dev.graft.model.external;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.graft.model.nn.BatchOrder;
import dev.graft.model.nn.CrossEntropy;
import dev.graft.model.nn.Layers;
import dev.graft.model.nn.Objective;
import dev.graft.model.nn.ParameterSet;
import java.util.Arrays;
import java.util.Map;

/**
 * Multinomial logistic regression on embeddings: the classes of the data, learnt for a network that
 * gives embeddings alone.
 */
final class LinearHead implements Objective {
  private final Layers.Dense layer;
  private final Rows train;
  private final Rows tune;
  private final BatchOrder order;
  private final int width;
  private final int classes;
  private final int batch;
  private final NDManager manager;

  /**
   * @param embeddings standardised, (rows, width)
   * @param labels from 0, (rows)
   * @param targets soft labels, (rows, classes), or null
   */
  record Rows(float[] embeddings, int[] labels, float[] targets) {}

  /**
   * @param order of the train rows
   * @param batch rows of a call when evaluating
   */
  LinearHead(NDManager manager, Rows train, Rows tune, int classes, BatchOrder order, int batch) {
    this.manager = manager;
    this.train = train;
    this.tune = tune;
    this.width = train.embeddings().length / train.labels().length;
    this.classes = classes;
    this.order = order;
    this.batch = batch;
    this.layer = layer(width, classes);
  }

  /** From standardised embeddings to logits. */
  static Layers.Dense layer(int width, int classes) {
    return new Layers.Dense("head", width, classes);
  }

  void declare(ParameterSet parameters, long seed) {
    layer.declare(parameters, seed);
  }

  @Override
  public Loss loss(ParameterSet weights, NDManager scope, long step) {
    int[] rows = order.rows(step);
    float[] values = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(train.embeddings(), rows[i] * width, values, i * width, width);
    }
    NDArray logits = layer.apply(weights, scope.create(values, new Shape(rows.length, width)));
    NDArray loss =
        train.targets() == null
            ? CrossEntropy.loss(scope, logits, train.labels(), rows, 0)
            : CrossEntropy.softLoss(scope, logits, train.targets(), rows, 0);
    return new Loss(loss, Map.of());
  }

  @Override
  public Map<String, Double> evaluate(ParameterSet weights) {
    CrossEntropy figures = new CrossEntropy(classes);
    int rows = tune.labels().length;
    for (int start = 0; start < rows; start += batch) {
      int end = Math.min(rows, start + batch);
      try (NDManager scope = manager.newSubManager()) {
        float[] values = Arrays.copyOfRange(tune.embeddings(), start * width, end * width);
        NDArray x = scope.create(values, new Shape(end - start, width));
        figures.add(layer.apply(weights, x), tune.labels(), start);
      }
    }
    return figures.figures();
  }

  @Override
  public boolean better(Map<String, Double> figures, Map<String, Double> best) {
    return CrossEntropy.better(figures, best);
  }
}
