package dev.graft.evaluate.metric;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A multivariate normal distribution.
 *
 * @param mean (d)
 * @param covariance (d, d), symmetric and positive semi-definite
 */
record Gaussian(double[] mean, DMatrixRMaj covariance) {

  /**
   * Mean and unbiased covariance of {@code rows}, (n, d) with n at least 2; two passes in double.
   */
  static Gaussian of(double[] rows, int dimension) {
    int count = rows.length / dimension;
    double[] mean = new double[dimension];
    for (int i = 0; i < rows.length; i++) {
      mean[i % dimension] += rows[i];
    }
    for (int j = 0; j < dimension; j++) {
      mean[j] /= count;
    }
    DMatrixRMaj centred = new DMatrixRMaj(count, dimension);
    for (int i = 0; i < rows.length; i++) {
      centred.data[i] = rows[i] - mean[i % dimension];
    }
    DMatrixRMaj covariance = new DMatrixRMaj(dimension, dimension);
    CommonOps_DDRM.multInner(centred, covariance);
    CommonOps_DDRM.divide(covariance, count - 1.0);
    return new Gaussian(mean, covariance);
  }

  double frechetDistance(Gaussian other) {
    double meanTerm = 0;
    for (int j = 0; j < mean.length; j++) {
      double difference = mean[j] - other.mean[j];
      meanTerm += difference * difference;
    }
    return meanTerm
        + CommonOps_DDRM.trace(covariance)
        + CommonOps_DDRM.trace(other.covariance)
        - 2 * traceOfRootOfProduct(other);
  }

  /** tr((A B)^(1/2)) as the sum of the roots of the eigenvalues of A^(1/2) B A^(1/2). */
  private double traceOfRootOfProduct(Gaussian other) {
    DMatrixRMaj root = squareRoot(covariance);
    DMatrixRMaj left = new DMatrixRMaj(root.numRows, root.numCols);
    DMatrixRMaj inner = new DMatrixRMaj(root.numRows, root.numCols);
    CommonOps_DDRM.mult(root, other.covariance, left);
    CommonOps_DDRM.mult(left, root, inner);
    EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(inner, false);
    double sum = 0;
    for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
      sum += Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal()));
    }
    return sum;
  }

  /** V diag(sqrt(lambda)) V^T; eigenvalues that rounding made negative count as 0. */
  private static DMatrixRMaj squareRoot(DMatrixRMaj matrix) {
    int size = matrix.numRows;
    EigenDecomposition_F64<DMatrixRMaj> eigen = decompose(matrix, true);
    DMatrixRMaj scaled = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      double fourthRoot = Math.sqrt(Math.sqrt(Math.max(0, eigen.getEigenvalue(i).getReal())));
      DMatrixRMaj vector = eigen.getEigenVector(i);
      for (int row = 0; row < size; row++) {
        scaled.set(row, i, vector.get(row) * fourthRoot);
      }
    }
    DMatrixRMaj root = new DMatrixRMaj(size, size);
    CommonOps_DDRM.multTransB(scaled, scaled, root);
    return root;
  }

  private static EigenDecomposition_F64<DMatrixRMaj> decompose(
      DMatrixRMaj matrix, boolean vectors) {
    DMatrixRMaj symmetric = matrix.copy();
    for (int i = 0; i < symmetric.numRows; i++) {
      for (int j = 0; j < i; j++) {
        double mean = (symmetric.get(i, j) + symmetric.get(j, i)) / 2;
        symmetric.set(i, j, mean);
        symmetric.set(j, i, mean);
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(symmetric.numRows, vectors, true);
    if (!eigen.decompose(symmetric)) {
      throw new IllegalStateException(
          "the eigenvalues of a finite symmetric matrix of size "
              + symmetric.numRows
              + " did not converge");
    }
    return eigen;
  }
}
