package dev.graft.model.vae;

import dev.graft.data.CounterRandom;
import java.util.Arrays;

/**
 * A mixture of Gaussians with full covariances, fitted by expectation maximisation after k-means
 * (Dempster, Laird &amp; Rubin 1977). Covariances are drawn towards half the diagonal of the
 * data's, as if {@value #PSEUDO_ROWS} more rows had it, so small components stay regular. In plain
 * Java and in a fixed order: the same bits everywhere.
 *
 * @param weights of the components, summing to 1
 * @param means (components, dimension)
 * @param factors lower Cholesky factors of the covariances, (components, dimension, dimension)
 */
record GaussianMixture(double[] weights, double[][] means, double[][] factors) {
  private static final int K_MEANS_ROUNDS = 10;
  private static final int ROUNDS = 25;
  private static final int PSEUDO_ROWS = 20;
  private static final double RIDGE = 1e-3;
  private static final double NEGLIGIBLE = 1e-7;

  int dimension() {
    return means[0].length;
  }

  /** The standard normal distribution. */
  static GaussianMixture standard(int dimension) {
    double[] identity = new double[dimension * dimension];
    for (int i = 0; i < dimension; i++) {
      identity[i * dimension + i] = 1;
    }
    return new GaussianMixture(
        new double[] {1}, new double[][] {new double[dimension]}, new double[][] {identity});
  }

  /**
   * Fits to rows.
   *
   * @param rows (rows, dimension), at least one
   * @param components wanted; fewer where there are not {@value #PSEUDO_ROWS} rows for each
   */
  static GaussianMixture fit(double[][] rows, int components, CounterRandom random) {
    int count = Math.max(1, Math.min(components, rows.length / PSEUDO_ROWS));
    double[] spread = variances(rows);
    double[][] shares = nearest(rows, kMeans(rows, count, random));
    GaussianMixture mixture = maximise(rows, shares, spread);
    for (int round = 1; round < ROUNDS && count > 1; round++) {
      mixture = maximise(rows, mixture.expect(rows), spread);
    }
    return mixture;
  }

  private static double[] variances(double[][] rows) {
    int dimension = rows[0].length;
    double[] variances = new double[dimension];
    for (int d = 0; d < dimension; d++) {
      double sum = 0;
      double squares = 0;
      for (double[] row : rows) {
        sum += row[d];
        squares += row[d] * row[d];
      }
      double mean = sum / rows.length;
      variances[d] = Math.max(0, squares / rows.length - mean * mean);
    }
    return variances;
  }

  private static double[][] kMeans(double[][] rows, int count, CounterRandom random) {
    int[] order = random.permutation(rows.length);
    double[][] centres = new double[count][];
    for (int c = 0; c < count; c++) {
      centres[c] = rows[order[c]].clone();
    }
    for (int round = 0; round < K_MEANS_ROUNDS && count > 1; round++) {
      double[][] shares = nearest(rows, centres);
      for (int c = 0; c < count; c++) {
        double[] mean = mean(rows, shares[c]);
        centres[c] = mean == null ? centres[c] : mean;
      }
    }
    return centres;
  }

  /** Each row wholly to its nearest centre, (components, rows). */
  private static double[][] nearest(double[][] rows, double[][] centres) {
    double[][] shares = new double[centres.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int c = 0; c < centres.length; c++) {
        double distance = 0;
        for (int d = 0; d < rows[i].length; d++) {
          double difference = rows[i][d] - centres[c][d];
          distance += difference * difference;
        }
        if (distance < least) {
          least = distance;
          best = c;
        }
      }
      shares[best][i] = 1;
    }
    return shares;
  }

  private static double[] mean(double[][] rows, double[] shares) {
    double[] mean = new double[rows[0].length];
    double total = 0;
    for (int i = 0; i < rows.length; i++) {
      if (shares[i] > NEGLIGIBLE) {
        total += shares[i];
        for (int d = 0; d < mean.length; d++) {
          mean[d] += shares[i] * rows[i][d];
        }
      }
    }
    if (total == 0) {
      return null;
    }
    for (int d = 0; d < mean.length; d++) {
      mean[d] /= total;
    }
    return mean;
  }

  /** The mixture that suits given shares best. */
  private static GaussianMixture maximise(double[][] rows, double[][] shares, double[] spread) {
    int count = shares.length;
    int dimension = spread.length;
    double[] weights = new double[count];
    double[][] means = new double[count][];
    double[][] factors = new double[count][];
    double all = 0;
    for (int c = 0; c < count; c++) {
      double[] mean = mean(rows, shares[c]);
      means[c] = mean == null ? new double[dimension] : mean;
      double[] covariance = new double[dimension * dimension];
      double total = 0;
      double[] difference = new double[dimension];
      for (int i = 0; i < rows.length; i++) {
        double share = shares[c][i];
        if (share <= NEGLIGIBLE) {
          continue;
        }
        total += share;
        for (int d = 0; d < dimension; d++) {
          difference[d] = rows[i][d] - means[c][d];
        }
        for (int d = 0; d < dimension; d++) {
          double scaled = share * difference[d];
          int offset = d * dimension;
          for (int e = 0; e <= d; e++) {
            covariance[offset + e] += scaled * difference[e];
          }
        }
      }
      for (int d = 0; d < dimension; d++) {
        for (int e = 0; e <= d; e++) {
          covariance[d * dimension + e] /= total + PSEUDO_ROWS;
        }
        covariance[d * dimension + d] +=
            PSEUDO_ROWS * 0.5 * spread[d] / (total + PSEUDO_ROWS) + RIDGE;
      }
      factors[c] = cholesky(covariance, dimension);
      weights[c] = total + 1e-6;
      all += weights[c];
    }
    for (int c = 0; c < count; c++) {
      weights[c] /= all;
    }
    return new GaussianMixture(weights, means, factors);
  }

  /** The lower factor of a positive definite matrix given by its lower half. */
  private static double[] cholesky(double[] matrix, int dimension) {
    double[] factor = new double[dimension * dimension];
    for (int i = 0; i < dimension; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i * dimension + j];
        for (int k = 0; k < j; k++) {
          sum -= factor[i * dimension + k] * factor[j * dimension + k];
        }
        factor[i * dimension + j] = i == j ? Math.sqrt(sum) : sum / factor[j * dimension + j];
      }
    }
    return factor;
  }

  /** The probability of each component given each row, (components, rows). */
  private double[][] expect(double[][] rows) {
    double[][] shares = new double[weights.length][rows.length];
    double[] constants = new double[weights.length];
    for (int c = 0; c < weights.length; c++) {
      constants[c] = StrictMath.log(weights[c]);
      for (int d = 0; d < dimension(); d++) {
        constants[c] -= StrictMath.log(factors[c][d * dimension() + d]);
      }
    }
    double[] solved = new double[dimension()];
    double[] logs = new double[weights.length];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < weights.length; c++) {
        logs[c] = constants[c] - 0.5 * squaredDistance(rows[i], c, solved);
      }
      double greatest = Arrays.stream(logs).max().orElseThrow();
      double sum = 0;
      for (int c = 0; c < weights.length; c++) {
        shares[c][i] = StrictMath.exp(logs[c] - greatest);
        sum += shares[c][i];
      }
      for (int c = 0; c < weights.length; c++) {
        shares[c][i] /= sum;
      }
    }
    return shares;
  }

  /** Squared Mahalanobis distance, by forward substitution. */
  private double squaredDistance(double[] row, int component, double[] solved) {
    double[] factor = factors[component];
    int dimension = row.length;
    double total = 0;
    for (int d = 0; d < dimension; d++) {
      double value = row[d] - means[component][d];
      int offset = d * dimension;
      for (int e = 0; e < d; e++) {
        value -= factor[offset + e] * solved[e];
      }
      solved[d] = value / factor[offset + d];
      total += solved[d] * solved[d];
    }
    return total;
  }
}
