package dev.graft.evaluate.metric;

import dev.graft.evaluate.Metric;
import dev.graft.evaluate.MetricInput;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Effective number of different rows among the synthetic ones (Friedman &amp; Dieng 2023, "The
 * Vendi Score: A Diversity Evaluation Metric for Machine Learning",
 * https://arxiv.org/abs/2210.02410):
 *
 * <pre>exp(- sum_i l_i log l_i), l the eigenvalues of K / n, K_ij = cos(s_i, s_j)</pre>
 *
 * <p>From the (d, d) matrix that has the same eigenvalues, so the cost is O(n d^2 + d^3). Rows that
 * are zero count as one direction of their own. Real rows play no part: compare with the value that
 * they themselves have.
 */
public final class VendiScore implements Metric {
  private static final MetricInfo INFO =
      new MetricInfo(
          "vendi-score",
          Goal.MAXIMIZE,
          1,
          Double.POSITIVE_INFINITY,
          "exp(-sum l log l), l = eigenvalues of cos(s_i, s_j) / n",
          "Friedman & Dieng 2023, arXiv:2210.02410",
          "How many different rows there are in effect; below the value of real rows means less"
              + " variety.");

  @Override
  public MetricInfo info() {
    return INFO;
  }

  @Override
  public double compute(MetricInput input) throws MetricUndefined {
    input.atLeast(2);
    Features.requireFinite(input);
    int dimension = input.dimension();
    int count = input.syntheticRows();
    double[] rows = input.synthetic();
    DMatrixRMaj directions = new DMatrixRMaj(count, dimension + 1);
    for (int row = 0; row < count; row++) {
      double norm = Math.sqrt(Features.dot(rows, row, rows, row, dimension));
      for (int j = 0; j < dimension; j++) {
        directions.set(row, j, norm == 0 ? 0 : rows[row * dimension + j] / norm);
      }
      directions.set(row, dimension, norm == 0 ? 1 : 0);
    }
    DMatrixRMaj dual = new DMatrixRMaj(dimension + 1, dimension + 1);
    CommonOps_DDRM.multInner(directions, dual);
    CommonOps_DDRM.divide(dual, count);
    EigenDecomposition_F64<DMatrixRMaj> eigen =
        DecompositionFactory_DDRM.eig(dual.numRows, false, true);
    if (!eigen.decompose(dual)) {
      throw new MetricUndefined("the eigenvalues of the similarities did not converge");
    }
    double entropy = 0;
    for (int i = 0; i < eigen.getNumberOfEigenvalues(); i++) {
      double share = eigen.getEigenvalue(i).getReal();
      if (share > 0) {
        entropy -= share * Math.log(share);
      }
    }
    return Math.max(1, Math.exp(entropy));
  }
}
