package dev.graft.evaluate.metric;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Binary logistic regression on standardised features with a penalty of half the squared norm of
 * the weights (not of the intercept), fitted by Newton's method to its one optimum:
 *
 * <pre>sum_i log(1 + exp(-y_i (w . x_i + b))) + |w|^2 / 2</pre>
 *
 * @param mean of each feature
 * @param deviation of each feature; 1 for constant ones
 * @param weights of the features, then the intercept
 */
record LogisticRegression(double[] mean, double[] deviation, double[] weights) {
  private static final int MOST_ROUNDS = 100;
  private static final double TOLERANCE = 1e-10;

  /**
   * @param negative rows of the first class, (n, dimension)
   * @param positive rows of the second class, (m, dimension)
   */
  static LogisticRegression fit(double[] negative, double[] positive, int dimension) {
    double[] rows = new double[negative.length + positive.length];
    System.arraycopy(negative, 0, rows, 0, negative.length);
    System.arraycopy(positive, 0, rows, negative.length, positive.length);
    int count = rows.length / dimension;
    int negatives = negative.length / dimension;
    double[] mean = new double[dimension];
    double[] deviation = new double[dimension];
    moments(rows, mean, deviation);
    LogisticRegression model = new LogisticRegression(mean, deviation, new double[dimension + 1]);
    DMatrixRMaj inputs = model.inputs(rows); // (count, dimension + 1)
    double loss = model.loss(inputs, negatives);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      DMatrixRMaj step = model.newtonStep(inputs, negatives, count);
      double size = 1;
      LogisticRegression next = model.moved(step, size);
      double nextLoss = next.loss(inputs, negatives);
      while (nextLoss > loss && size > TOLERANCE) {
        size /= 2;
        next = model.moved(step, size);
        nextLoss = next.loss(inputs, negatives);
      }
      model = next;
      loss = nextLoss;
      if (CommonOps_DDRM.elementMaxAbs(step) * size < TOLERANCE) {
        break;
      }
    }
    return model;
  }

  /** w . x + b of every row. */
  double[] scores(double[] rows) {
    DMatrixRMaj inputs = inputs(rows);
    DMatrixRMaj scores = new DMatrixRMaj(inputs.numRows, 1);
    CommonOps_DDRM.mult(inputs, DMatrixRMaj.wrap(weights.length, 1, weights), scores);
    return scores.data;
  }

  private static void moments(double[] rows, double[] mean, double[] deviation) {
    int dimension = mean.length;
    int count = rows.length / dimension;
    for (int i = 0; i < rows.length; i++) {
      mean[i % dimension] += rows[i] / count;
    }
    for (int i = 0; i < rows.length; i++) {
      double difference = rows[i] - mean[i % dimension];
      deviation[i % dimension] += difference * difference / count;
    }
    for (int j = 0; j < dimension; j++) {
      double scale = Math.max(1, Math.abs(mean[j])) * 1e-7;
      deviation[j] = deviation[j] <= scale * scale ? 1 : Math.sqrt(deviation[j]);
    }
  }

  /** Standardised rows, each with a one behind it. */
  private DMatrixRMaj inputs(double[] rows) {
    int dimension = mean.length;
    DMatrixRMaj inputs = new DMatrixRMaj(rows.length / dimension, dimension + 1);
    for (int row = 0; row < inputs.numRows; row++) {
      for (int j = 0; j < dimension; j++) {
        inputs.set(row, j, (rows[row * dimension + j] - mean[j]) / deviation[j]);
      }
      inputs.set(row, dimension, 1);
    }
    return inputs;
  }

  private double loss(DMatrixRMaj inputs, int negatives) {
    DMatrixRMaj scores = new DMatrixRMaj(inputs.numRows, 1);
    CommonOps_DDRM.mult(inputs, DMatrixRMaj.wrap(weights.length, 1, weights), scores);
    double loss = 0;
    for (int row = 0; row < inputs.numRows; row++) {
      double margin = row < negatives ? -scores.get(row) : scores.get(row);
      loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
    }
    for (int j = 0; j < mean.length; j++) {
      loss += weights[j] * weights[j] / 2;
    }
    return loss;
  }

  /** Solves (X' S X + I) step = gradient; the intercept has no penalty. */
  private DMatrixRMaj newtonStep(DMatrixRMaj inputs, int negatives, int count) {
    int size = weights.length;
    DMatrixRMaj scores = new DMatrixRMaj(count, 1);
    CommonOps_DDRM.mult(inputs, DMatrixRMaj.wrap(size, 1, weights), scores);
    DMatrixRMaj residuals = new DMatrixRMaj(count, 1);
    DMatrixRMaj weighted = inputs.copy();
    for (int row = 0; row < count; row++) {
      double probability = 1 / (1 + Math.exp(-scores.get(row)));
      residuals.set(row, 0, probability - (row < negatives ? 0 : 1));
      double root = Math.sqrt(probability * (1 - probability));
      for (int j = 0; j < size; j++) {
        weighted.set(row, j, weighted.get(row, j) * root);
      }
    }
    DMatrixRMaj gradient = new DMatrixRMaj(size, 1);
    CommonOps_DDRM.multTransA(inputs, residuals, gradient);
    DMatrixRMaj hessian = new DMatrixRMaj(size, size);
    CommonOps_DDRM.multInner(weighted, hessian);
    for (int j = 0; j < size - 1; j++) {
      gradient.add(j, 0, weights[j]);
      hessian.add(j, j, 1);
    }
    hessian.add(size - 1, size - 1, 1e-12);
    LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(size);
    DMatrixRMaj step = new DMatrixRMaj(size, 1);
    if (!solver.setA(hessian)) {
      throw new IllegalStateException("the Hessian of a logistic regression is not positive");
    }
    solver.solve(gradient, step);
    return step;
  }

  private LogisticRegression moved(DMatrixRMaj step, double size) {
    double[] next = weights.clone();
    for (int j = 0; j < next.length; j++) {
      next[j] -= size * step.get(j);
    }
    return new LogisticRegression(mean, deviation, next);
  }
}
